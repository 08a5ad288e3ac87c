import { describe, expect, test } from "vitest";
import { languages } from "../../src/core/languages.ts";
import { city } from "../../src/pages/city.ts";
import { attributesOf, EmbedOptions, tagOf } from "../../src/pages/embed-options.ts";
import { createPages } from "../../src/pages/pages.tsx";
import { words } from "../../src/words/words.ts";

interface Options {
  readonly publicUrl?: string;
  readonly demo?: boolean;
  readonly onDuty?: boolean;
}

function createApp(options: Options = {}) {
  const asked: string[] = [];
  const app = createPages({
    publicUrl: options.publicUrl ?? "http://127.0.0.1:8787",
    demo: options.demo ?? false,
    isOnDuty: () => options.onDuty === true,
    assets: async (name) => {
      asked.push(name);
      return ["pages.css", "loader.js", "console.js"].includes(name)
        ? { body: `of ${name}`, contentType: "text/css; charset=utf-8" }
        : undefined;
    },
  });
  return { app, asked };
}

async function load(path: string, options?: Options): Promise<{ readonly response: Response; readonly html: string }> {
  const response = await createApp(options).app.request(path);
  return { response, html: await response.text() };
}

const pages = ["/", "/chat", "/datenschutz", "/impressum", "/barrierefreiheit", "/einfach", "/embed", "/demo"];
const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("'", "&#39;").replaceAll('"', "&quot;");

describe("every page", () => {
  test.each(pages)("%s allows own scripts, styles and fonts only, and has nothing that this would stop", async (path) => {
    const { response, html } = await load(path);
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Security-Policy")).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
    );
    expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(html).not.toMatch(/\son\w+=|\sstyle=|<style|<script(?! type="module" src=)/);
    for (const [, address] of html.matchAll(/(?:src|<link rel="stylesheet" href)="([^"]*)"/g))
      expect(address).toMatch(/^\/(?:assets|widget)\//);
  });

  test.each(pages)("%s speaks German without a wish and for a wish that it does not know", async (path) => {
    for (const wish of ["", "?lang=", "?lang=pl", "?lang=%22%3E%3Cscript%3E", "?lang=__proto__"]) {
      const { response, html } = await load(`${path}${wish}`);
      expect(response.status).toBe(200);
      expect(html).toMatch(/^<!doctype html><html lang="de" dir="ltr"/);
      expect(html).not.toContain('"><script>');
    }
  });

  test.each(pages.slice(2))("%s speaks English, and to people who read another language than German as well", async (path) => {
    for (const lang of ["en", "uk"]) {
      const { response, html } = await load(`${path}?lang=${lang}`);
      expect(response.headers.get("Content-Language")).toBe("en");
      expect(html).toContain('<html lang="en" dir="ltr"');
    }
  });

  test.each(pages)("%s says that offers are made up only where they are", async (path) => {
    const isPageOfText = path !== "/chat";
    expect((await load(path, { demo: true })).html.includes(words.de.page.demoBanner)).toBe(isPageOfText);
    expect((await load(path)).html).not.toContain(words.de.page.demoBanner);
  });

  test.each(pages)("%s works under a path of PUBLIC_URL", async (path) => {
    const { html } = await load(path, { publicUrl: "https://city.example/lotse/" });
    for (const [, address] of html.matchAll(/(?:src|href|action)="(\/[^"]*)"/g)) expect(address).toMatch(/^\/lotse\//);
    expect(html).toContain(`href="https://city.example/lotse${path}?lang=en"`);
  });
});

describe("the start page", () => {
  test.each(languages)("speaks %s", async (lang) => {
    const { html, response } = await load(`/?lang=${lang}`);
    const own = words[lang];
    expect(response.headers.get("Content-Language")).toBe(lang);
    expect(html).toContain(`<html lang="${lang}" dir="${lang === "ar" ? "rtl" : "ltr"}"`);
    for (const text of [own.page.title, own.page.lead, own.page.notice, own.page.messageLabel, own.page.noScript])
      expect(html).toContain(escaped(text));
    for (const other of languages) expect(html).toContain(`href="?lang=${other}"`);
    expect(html).toContain(`<stadtlotse-chat mode="inline" lang="${lang}"`);
  });

  test("shows questions by topic in German and English, those of its words in the others", async () => {
    expect((await load("/")).html.match(/data-question=/g)).toHaveLength(18);
    expect((await load("/?lang=en")).html.match(/data-question=/g)).toHaveLength(18);
    expect((await load("/?lang=tr")).html).toContain(`data-question="${escaped(words.tr.exampleQuestions.first)}"`);
  });
});

describe("the page for web editors", () => {
  test("makes the tag of what was chosen, and leaves out what is the default", async () => {
    const tag = async (query: string) => /<textarea[^>]*>([\s\S]*?)<\/textarea>/.exec((await load(`/embed?${query}`)).html)?.[1];
    const script = "&lt;script type=&quot;module&quot; src=&quot;http://127.0.0.1:8787/widget/loader.js&quot;&gt;&lt;/script&gt;";
    expect(await tag("")).toBe(`${script}\n&lt;stadtlotse-chat&gt;&lt;/stadtlotse-chat&gt;`);
    expect(await tag("mode=inline&position=left&theme=dark&language=tr&topic=kita-platz&dictation=on")).toContain(
      escaped(`mode="inline" theme="dark" lang="tr" topic="kita-platz" dictation>`).replaceAll(">", "&gt;"),
    );
    expect(await tag("position=left")).toContain("position=&quot;left&quot;");
  });

  test.each(["mode=x%22%3E%3Cscript%3E", "topic=%22%20onclick%3D1", "topic=A", "language=xx", "theme=__proto__", "dictation=1"])(
    "takes %s for not chosen",
    async (query) => {
      const options = EmbedOptions.parse(Object.fromEntries(new URLSearchParams(query)));
      expect(attributesOf(options)).toEqual({});
      expect((await load(`/embed?${query}`)).html).not.toMatch(/<script>|onclick=1/);
      expect((await load(`/demo?${query}`)).html).toContain("<stadtlotse-chat></stadtlotse-chat>");
    },
  );

  test("names what a strict policy has to allow, with the address of the server", async () => {
    const { html } = await load("/embed", { publicUrl: "https://city.example/lotse" });
    expect(html).toContain(
      "script-src https://city.example; connect-src https://city.example wss://city.example; font-src https://city.example; trusted-types lit-html",
    );
    expect(tagOf("https://city.example/lotse", EmbedOptions.parse({}))).toContain('src="https://city.example/lotse/widget/loader.js"');
  });
});

describe("pages about the chat", () => {
  test("name who answers for it, from the city's one file", async () => {
    const { html } = await load("/impressum");
    for (const text of [city.operator.name, ...city.operator.address]) expect(html).toContain(escaped(text));
    expect((await load("/barrierefreiheit")).html).toContain(escaped(city.enforcement.name.de));
    expect((await load("/assets/city.css")).html).toBe(
      `:root{${Object.entries(city.theme)
        .map(([name, value]) => `${name}:${value}`)
        .join(";")}}`,
    );
  });
});

describe("assets", () => {
  test("come with their type and an ETag that saves the second time", async () => {
    const { app } = createApp();
    for (const path of ["/assets/pages.css", "/widget/loader.js"]) {
      const response = await app.request(path);
      expect(response.status).toBe(200);
      expect(response.headers.get("Content-Type")).toBe("text/css; charset=utf-8");
      const again = await app.request(path, { headers: { "If-None-Match": response.headers.get("ETag") ?? "" } });
      expect(again.status).toBe(304);
    }
  });

  test("that are no plain file name are never asked for", async () => {
    const { app, asked } = createApp();
    for (const folder of ["assets", "widget"])
      for (const name of ["..%2Fpages.css", "%2e%2e%2fetc%2fpasswd", "a%00.css", ".env", "chat", "a.css%0a"])
        expect((await app.request(`/${folder}/${name}`)).status).toBe(404);
    expect(asked).toEqual([]);
    expect((await app.request("/assets/other.css")).status).toBe(404);
  });

  test("of the widget may be loaded by any site; others may not, and the console's are none of them", async () => {
    const { app } = createApp();
    const headers = { Origin: "https://stadtteil.example" };
    const loader = await app.request("/widget/loader.js", { headers });
    expect(loader.headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(loader.headers.get("Cross-Origin-Resource-Policy")).toBe("cross-origin");
    expect((await app.request("/assets/pages.css", { headers })).headers.get("Access-Control-Allow-Origin")).toBeNull();
    expect((await app.request("/widget/console.js", { headers })).status).toBe(404);
  });

  test.each(languages)("settings of the widget are there in %s", async (lang) => {
    const { html, response } = await load(`/widget/settings/${lang}.json`, { onDuty: true, demo: true });
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe("*");
    const settings: unknown = JSON.parse(html);
    expect(settings).toMatchObject({ lang, demo: true, onDuty: true, welcome: words[lang].welcome, exitUrl: city.exitUrl });
    expect(html).toContain(JSON.stringify(words[lang].widget.exit));
  });

  test("settings are there in no other language", async () => {
    for (const name of ["pl.json", "__proto__", "..%2Fde.json", "de.json.json"])
      expect((await load(`/widget/settings/${name}`)).response.status).toBe(404);
  });
});
