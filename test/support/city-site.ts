import { createServer } from "node:http";

/** Another site on loopback whose pages a test writes. */
export interface CitySite {
  readonly origin: string;
  close(): Promise<void>;
}

/** What a strict page allows: its own scripts, and of the chat what the page for web editors names. */
export function strictPolicy(chat: string): string {
  const socket = chat.replace(/^http/, "ws");
  return `default-src 'none'; script-src 'self' ${chat}; style-src 'self'; img-src data:; connect-src ${chat} ${socket}; font-src ${chat}; base-uri 'none'; require-trusted-types-for 'script'; trusted-types lit-html`;
}

/** Serves the page that `body` gives for a path, with a policy, on a free port; `/page.js` is the page's own script. */
export async function serveCitySite(
  page: (path: string) => { readonly body: string; readonly policy: string; readonly script?: string },
): Promise<CitySite> {
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    if (path.startsWith("/page.js")) {
      response.setHeader("Content-Type", "text/javascript").end(page(path).script ?? "");
      return;
    }
    const { body, policy } = page(path);
    response
      .setHeader("Content-Type", "text/html; charset=utf-8")
      .setHeader("Content-Security-Policy", policy)
      .end(
        `<!doctype html><html lang="de"><head><title>Amt</title><link rel="icon" href="data:,"></head><body><main><h1>Amt</h1>${body}</main></body></html>`,
      );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
