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
  | "TIMED_OUT"
  | "SEND_FAILED"
  | "SERVER_UNREACHABLE"
  | "SOURCE_INVALID"
  | "SOURCE_UNREACHABLE"
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

/**
 * Why a reply did not arrive, which decides what happens next: `unreachable` is tried again, `throttled` waits as long as the platform says, `refused` will never be taken,
 * `gone` means that nobody is there any more (blocked, deleted, removed), `uncertain` that it may have arrived.
 */
export type SendFault = "unreachable" | "throttled" | "refused" | "gone" | "uncertain";

/** A reply that a platform did not take. */
export class SendError extends AppError {
  readonly fault: SendFault;
  readonly retryAfterSeconds: number | undefined;
  /** True if a part of the reply has arrived: sending it again repeats that part. */
  readonly partly: boolean;

  constructor(
    fault: SendFault,
    message: string,
    options: ErrorOptions & { readonly retryAfterSeconds?: number | undefined; readonly partly?: boolean } = {},
  ) {
    super("SEND_FAILED", message, options);
    this.name = "SendError";
    this.fault = fault;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.partly = options.partly ?? false;
  }

  /** The same fault of a reply of which a part has arrived. */
  afterAPart(): SendError {
    return new SendError(this.fault, this.message, { retryAfterSeconds: this.retryAfterSeconds, partly: true });
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

const httpStatuses = {
  REQUEST_INVALID: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  TOO_LARGE: 413,
  DATABASE_UNAVAILABLE: 503,
  DATABASE_FAILED: 503,
} as const satisfies { readonly [code in ErrorCode]?: number };

type HttpStatus = (typeof httpStatuses)[keyof typeof httpStatuses];

/** The status that a request is refused with for this fault; undefined for a fault that a caller can do nothing about (500). */
export function httpStatusOf(error: unknown): HttpStatus | undefined {
  const statuses: { readonly [code in ErrorCode]?: HttpStatus } = httpStatuses;
  return error instanceof AppError ? statuses[error.code] : undefined;
}
