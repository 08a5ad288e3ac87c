import { Hono } from "hono";
import { etag } from "hono/etag";
import { html } from "hono/html";
import { isLang } from "../core/languages.ts";
import { ChatPage } from "./chat-page.tsx";
import { securityHeaders } from "./security-headers.ts";

/** A built file of the browser's part. */
export interface Asset {
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly contentType: string;
}

export interface PagesDeps {
  readonly publicUrl: string;
  /** True if made-up offers are loaded: every page says so. */
  readonly demo: boolean;
  /** True if answers are shown while they are worded. */
  readonly live?: boolean;
  readonly assets: (name: string) => Promise<Asset | undefined>;
}

/** The pages that citizens open: / in the language of ?lang= (German without), and the files of the chat. */
export function createPages({ publicUrl, demo, live = false, assets }: PagesDeps): Hono {
  const address = publicUrl.replace(/\/+$/, "");
  const base = new URL(publicUrl).pathname.replace(/\/+$/, "");
  const app = new Hono();

  app.get("/", securityHeaders, (c) => {
    const wanted = c.req.query("lang");
    const lang = isLang(wanted) ? wanted : "de";
    c.header("Content-Language", lang);
    return c.html(html`<!doctype html>${<ChatPage lang={lang} demo={demo} publicUrl={address} base={base} live={live} />}`);
  });

  app.get("/assets/:name", securityHeaders, etag(), async (c) => {
    const name = c.req.param("name");
    const asset = /^[\w-]+(\.[\w-]+)+$/.test(name) ? await assets(name) : undefined;
    if (asset === undefined) return c.notFound();
    return c.body(asset.body, 200, { "Content-Type": asset.contentType });
  });

  return app;
}
