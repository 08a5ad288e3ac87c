const loopbackNames = ["127.0.0.1", "localhost"];

/** The sites that may talk to the web chat. */
export interface Origins {
  /** The origin of PUBLIC_URL. */
  readonly own: string;
  /** The allowed site that an Origin header names, or undefined. Both names of this machine's loopback are one site. */
  siteOf(origin: string): string | undefined;
}

function spellings(origin: string): readonly string[] {
  const url = new URL(origin);
  if (url.protocol !== "http:" || !loopbackNames.includes(url.hostname)) return [url.origin];
  return loopbackNames.map((name) => `http://${name}${url.port === "" ? "" : `:${url.port}`}`);
}

/** Takes absolute URLs; what follows the origin in them is left out. */
export function createOrigins(publicUrl: string, allowedOrigins: readonly string[]): Origins {
  const own = new URL(publicUrl).origin;
  const sites = new Map<string, string>();
  for (const origin of allowedOrigins) sites.set(new URL(origin).origin, new URL(origin).origin);
  for (const spelling of spellings(own)) sites.set(spelling, own);
  return { own, siteOf: (origin) => sites.get(origin) };
}
