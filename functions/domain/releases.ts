/**
 * The releases of Foreman that an image can be baked of, each with its Katello: those with RPM packages for EL9.
 * packer/packages has what each needs.
 */
export const releases: readonly Release[] = [
  { foreman: '3.13', katello: '4.15' },
  { foreman: '3.14', katello: '4.16' },
  { foreman: '3.15', katello: '4.17' },
  { foreman: '3.16', katello: '4.18' },
  { foreman: '3.17', katello: '4.19' },
  { foreman: '3.18', katello: '4.20' },
  { foreman: '3.19', katello: '4.21' },
  { foreman: '5.0', katello: '5.0' },
];

export interface Release {
  readonly foreman: string;
  readonly katello: string;
}

export const katelloOf = (foremanVersion: string): string | null =>
  releases.find(({ foreman }) => foreman === foremanVersion)?.katello ?? null;
