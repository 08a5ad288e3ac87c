import { type Context, Hono } from "hono";
import { cors } from "hono/cors";
import { etag } from "hono/etag";
import { html } from "hono/html";
import type { Child } from "hono/jsx";
import { isLang, type Lang } from "../core/languages.ts";
import { city } from "./city.ts";
import { DemoPage } from "./demo-page.tsx";
import { EmbedOptions } from "./embed-options.ts";
import { EmbedPage } from "./embed-page.tsx";
import { statementLang } from "./layout.tsx";
import { securityHeaders } from "./security-headers.ts";
import { ChatPage, StartPage } from "./start-page.tsx";
import { StatementPage } from "./statement-page.tsx";
import { accessibility } from "./statements/accessibility.ts";
import { imprint } from "./statements/imprint.ts";
import { privacy } from "./statements/privacy.ts";
import { simple } from "./statements/simple.ts";
import { widgetSettings } from "./widget-settings.ts";

/** A built file of the browser's part. */
export interface Asset {
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly contentType: string;
}

export interface PagesDeps {
  readonly publicUrl: string;
  /** True if made-up offers are loaded: every page says so. */
  readonly demo: boolean;
  /** True if people of the city answer at this moment. */
  readonly isOnDuty?: () => boolean;
  readonly assets: (name: string) => Promise<Asset | undefined>;
}

const statements = { "/datenschutz": privacy, "/impressum": imprint, "/barrierefreiheit": accessibility, "/einfach": simple };

/** What other sites load: the loader, the panel and its fonts. */
const isOfWidget = (name: string) => /^(?:loader|panel)\.js$|\.woff2$/.test(name);

function cityStyle(): string {
  const declarations = Object.entries(city.theme).map(([name, value]) => `${name}:${value}`);
  return `:root{${declarations.join(";")}}`;
}

/** The pages that citizens and web editors open, in the language of ?lang= (German without), and the files of the widget. */
export function createPages({ publicUrl, demo, isOnDuty = () => false, assets }: PagesDeps): Hono {
  const address = publicUrl.replace(/\/+$/, "");
  const base = new URL(publicUrl).pathname.replace(/\/+$/, "");
  const app = new Hono();
  const frame = { demo, publicUrl: address, base };

  const langOf = (c: Context): Lang => {
    const wanted = c.req.query("lang");
    return isLang(wanted) ? wanted : "de";
  };
  const show = (c: Context, lang: Lang, page: Child) => {
    c.header("Content-Language", lang);
    return c.html(html`<!doctype html>${page}`);
  };

  app.get("/", securityHeaders, (c) => show(c, langOf(c), <StartPage {...frame} lang={langOf(c)} />));
  app.get("/chat", securityHeaders, (c) => show(c, langOf(c), <ChatPage {...frame} lang={langOf(c)} />));
  for (const [path, statement] of Object.entries(statements))
    app.get(path, securityHeaders, (c) => {
      const lang = statementLang(langOf(c));
      return show(c, lang, <StatementPage {...frame} {...{ lang, path, statement }} />);
    });
  app.get("/embed", securityHeaders, (c) => {
    const lang = statementLang(langOf(c));
    const preview = `${base}/demo?${new URLSearchParams({ ...c.req.query(), lang })}`;
    return show(c, lang, <EmbedPage {...frame} {...{ lang, preview, options: EmbedOptions.parse(c.req.query()) }} />);
  });
  app.get("/demo", securityHeaders, (c) => {
    const lang = statementLang(langOf(c));
    return show(c, lang, <DemoPage {...frame} {...{ lang, options: EmbedOptions.parse(c.req.query()) }} />);
  });

  const sendAsset = async (c: Context, name: string) => {
    const asset = /^[\w-]+(\.[\w-]+)+$/.test(name) ? await assets(name) : undefined;
    if (asset === undefined) return c.notFound();
    return c.body(asset.body, 200, { "Content-Type": asset.contentType });
  };
  app.get("/assets/city.css", securityHeaders, etag(), (c) => c.body(cityStyle(), 200, { "Content-Type": "text/css; charset=utf-8" }));
  app.get("/assets/:name", securityHeaders, etag(), (c) => sendAsset(c, c.req.param("name")));

  // Any site may load these: they hold nothing of anybody. Who may talk is decided by Direct Line.
  app.use("/widget/*", securityHeaders, cors({ origin: "*", allowMethods: ["GET"] }), etag(), async (c, next) => {
    await next();
    c.header("Cross-Origin-Resource-Policy", "cross-origin");
  });
  app.get("/widget/settings/:file", (c) => {
    const lang = c.req.param("file").replace(/\.json$/, "");
    if (!isLang(lang)) return c.notFound();
    return c.json(widgetSettings(lang, { publicUrl: address, demo, onDuty: isOnDuty() }));
  });
  app.get("/widget/:name", (c) => (isOfWidget(c.req.param("name")) ? sendAsset(c, c.req.param("name")) : c.notFound()));

  return app;
}
