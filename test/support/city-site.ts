import { directivesOf } from "../../src/pages/embed-options.ts";
import { type Site, serveSite } from "./site.ts";

/** A strict page: its own scripts and styles, and of the chat exactly what the page for web editors names. */
export function strictPolicy(chat: string): string {
  const ofChat = directivesOf(chat).replace("script-src ", "script-src 'self' ");
  return `default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; require-trusted-types-for 'script'; ${ofChat}`;
}

/** Serves the page that `body` gives for a path, with a policy, on a free port; `/page.js` is the page's own script. */
export async function serveCitySite(
  page: (path: string) => { readonly body: string; readonly policy: string; readonly script?: string },
): Promise<Site> {
  return await serveSite((request, response) => {
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
}
