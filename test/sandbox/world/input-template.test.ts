import { describe, expect, test } from '@jest/globals';
import type { AwsEvent } from '../../../sandbox/world/aws-events.ts';
import { renderInput, renderJson } from '../../../sandbox/world/input-template.ts';

const event = {
  time: '2015-11-11T21:29:54Z',
  detail: { 'instance-id': 'i-0123456789', state: 'RUNNING', count: 9, quoted: '{"proxy":"x"}' },
} as unknown as AwsEvent;
const paths = {
  instance: '$.detail.instance-id',
  state: '$.detail.state',
  count: '$.detail.count',
  quoted: '$.detail.quoted',
  missing: '$.detail.missing',
};

/** Templates and outputs from AWS's page on input transformation. */
describe('an input template', () => {
  test.each([
    ['"instance <instance> is in <state>"', '"instance i-0123456789 is in RUNNING"'],
    [
      '{"instance": <instance>, "state": <state>}',
      '{"instance": "i-0123456789", "state": "RUNNING"}',
    ],
    [
      '{"state": "<state>", "status": "instance \\"<instance>\\" is in <state>"}',
      '{"state": "RUNNING", "status": "instance \\"i-0123456789\\" is in RUNNING"}',
    ],
    ['{"state": [9, <state>, true]}', '{"state": [9, "RUNNING", true]}'],
    ['{"count": <count>}', '{"count": 9}'],
  ])('%s becomes %s', (template, output) => {
    expect(renderInput({ paths, template }, event)).toBe(output);
  });

  test('escapes nothing, so that a value with quotes starts no execution', () => {
    const input = { paths, template: '{"interrupted": <quoted>}' };

    expect(renderInput(input, event)).toBe('{"interrupted": "{"proxy":"x"}"}');
    expect(() => renderJson(input, event)).toThrow('it is not JSON');
  });

  test.each([
    ['<missing>', 'an event without $.detail.missing'],
    ['<unknown>', 'the template names <unknown>'],
  ])('with %s is an error', (template, message) => {
    expect(() => renderInput({ paths, template }, event)).toThrow(message);
  });

  test('takes paths in dot notation only', () => {
    const input = { paths: { one: '$.detail["state"]' }, template: '<one>' };

    expect(() => renderInput(input, event)).toThrow('does not know the path');
  });
});
