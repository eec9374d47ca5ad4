/**
 * How many units of each content type a proxy holds, per repository of a content view in its lifecycle environment:
 * `{ 'Production/RHEL 9/BaseOS (14)': { rpm: 41210, erratum: 5120 } }`. Katello counts them through the control
 * name, so they are of whichever instance that name leads to from Katello's host.
 */
export type ContentCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;
