/**
 * How many units of each content type a proxy holds, per content view in its lifecycle environment:
 * `{ 'Production/RHEL 9': { rpm: 41210, erratum: 5120 } }`. Katello counts them on the proxy itself.
 */
export type ContentCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;
