/** An error as the SDK throws it: its class's name, the code over the wire, and the status of the answer. */
export class AwsError extends Error {
  readonly Code: string;
  readonly $fault: 'client' | 'server';
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(code: string, message: string, answer: { name?: string; status?: number } = {}) {
    super(message);
    this.name = answer.name ?? code;
    this.Code = code;
    const httpStatusCode = answer.status ?? 400;
    this.$metadata = { httpStatusCode };
    this.$fault = httpStatusCode >= 500 ? 'server' : 'client';
  }
}
