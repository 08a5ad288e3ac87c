/** What went wrong, as a stable word that logs, tests and callers can rely on. */
export type ErrorCode =
  | "CONFIG_INVALID"
  | "CONTENT_INVALID"
  | "DATABASE_HELD"
  | "DATABASE_UNAVAILABLE"
  | "DATABASE_FAILED"
  | "MODEL_INVALID"
  | "REQUEST_INVALID"
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "TOO_LARGE"
  | "SEND_FAILED"
  | "SERVER_UNREACHABLE"
  | "USAGE";

/** A fault with a code; its message says what happened, where, and what to do. It never holds a citizen's text. */
export class AppError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AppError";
    this.code = code;
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** True for the error of a file system that says a file or folder is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
