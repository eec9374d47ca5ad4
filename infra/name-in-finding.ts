type Intrinsic = Readonly<Record<string, unknown>>;

/**
 * A resolved ARN as cdk-nag writes it into the id of a finding, for which it exports no function. If it ever writes
 * one in another way, that finding is no longer suppressed and test/infra/nag.test.ts fails.
 */
export const nameInFinding = (resolved: unknown): string => {
  if (typeof resolved === 'string') return resolved.replaceAll(/\$\{([^}]*)\}/g, '<$1>');
  const { Ref: reference, ...intrinsic } = resolved as Intrinsic;
  if (typeof reference === 'string') return `<${reference}>`;
  const [[name, argument] = ['', resolved]] = Object.entries(intrinsic);
  if (name === 'Fn::GetAtt') return `<${(argument as readonly string[]).join('.')}>`;
  if (name === 'Fn::ImportValue' || name === 'Fn::Sub') return nameInFinding(argument);
  if (name !== 'Fn::Join') throw new Error(`An ARN may not be a ${name}`);
  const [separator, parts] = argument as readonly [string, readonly unknown[]];
  return parts.map(nameInFinding).join(separator);
};
