/** SSM parameters that hold an image id. Errors as in `GroupPort`. */
export interface ImageParameterPort {
  read(parameterName: string): Promise<string | null>;
  write(parameterName: string, imageId: string): Promise<void>;
}
