import { describe, expect, test } from "vitest";
import { languages } from "../../src/core/languages.ts";
import { embeddedJson } from "../../src/pages/embedded-json.ts";
import { createPages } from "../../src/pages/pages.tsx";
import { readPageData } from "../../src/widget/page-data.ts";
import { words } from "../../src/words/words.ts";

function createApp(options: { readonly publicUrl?: string; readonly demo?: boolean } = {}) {
  const asked: string[] = [];
  const app = createPages({
    publicUrl: options.publicUrl ?? "http://127.0.0.1:8787",
    demo: options.demo ?? false,
    assets: async (name) => {
      asked.push(name);
      return name === "chat.css" ? { body: "p{}", contentType: "text/css; charset=utf-8" } : undefined;
    },
  });
  return { app, asked };
}

async function load(
  path: string,
  options?: Parameters<typeof createApp>[0],
): Promise<{ readonly response: Response; readonly html: string }> {
  const response = await createApp(options).app.request(path);
  return { response, html: await response.text() };
}

function dataOf(html: string) {
  return readPageData(/<script type="application\/json" id="chat-data">(.*?)<\/script>/s.exec(html)?.[1] ?? "");
}

describe("the start page", () => {
  test("allows own scripts and styles only, and has nothing that this would stop", async () => {
    const { response, html } = await load("/");
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Security-Policy")).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
    );
    expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(html).not.toMatch(/\son\w+=|\sstyle=|<style|<script(?! type="(?:module|application\/json)")/);
    for (const [, address] of html.matchAll(/(?:src|<link rel="stylesheet" href)="([^"]*)"/g)) expect(address).toMatch(/^\/assets\//);
  });

  test("speaks German without a wish and for a wish that it does not know", async () => {
    for (const path of ["/", "/?lang=", "/?lang=pl", "/?lang=%22%3E%3Cscript%3E", "/?lang=__proto__"]) {
      const { response, html } = await load(path);
      expect(response.status).toBe(200);
      expect(html).toContain('<!doctype html><html lang="de" dir="ltr">');
      expect(html).not.toContain('"><script>');
    }
  });

  test.each(languages)("speaks %s wholly", async (lang) => {
    const { html, response } = await load(`/?lang=${lang}`);
    const own = words[lang];
    const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("'", "&#39;").replaceAll('"', "&quot;");
    expect(response.headers.get("Content-Language")).toBe(lang);
    expect(html).toContain(`<html lang="${lang}" dir="${lang === "ar" ? "rtl" : "ltr"}">`);
    for (const text of [
      own.page.title,
      own.page.notice,
      own.page.messageLabel,
      own.page.send,
      own.page.noScript,
      own.welcome,
      ...Object.values(own.exampleQuestions),
    ]) {
      expect(html).toContain(escaped(text));
    }
    for (const other of languages) expect(html).toContain(`href="?lang=${other}"`);
    expect(dataOf(html)).toMatchObject({
      lang,
      endpoint: "/v3/directline",
      strings: { waiting: own.page.waiting, sendAgain: own.page.sendAgain },
    });
  });

  test("says that offers are made up only where they are", async () => {
    expect((await load("/", { demo: true })).html).toContain(words.de.page.demoBanner);
    expect((await load("/")).html).not.toContain(words.de.page.demoBanner);
  });

  test("keeps what is typed out of addresses and its log quiet", async () => {
    const { html } = await load("/");
    expect(html).not.toMatch(/<textarea[^>]*\sname=/);
    expect(html.match(/aria-live/g)).toHaveLength(1);
    expect(html).not.toContain('role="log"');
  });

  test("escapes what stands in it, also in its data", async () => {
    const { html } = await load("/", { publicUrl: "https://chat.example/a'b&c" });
    expect(html).toContain("a&#39;b&amp;c/assets/chat.js");
    const data = embeddedJson({ text: "</script><script>alert(1)</script><!--" });
    expect(data).not.toContain("<");
    expect(JSON.parse(data)).toEqual({ text: "</script><script>alert(1)</script><!--" });
  });

  test("works under a path of PUBLIC_URL", async () => {
    const { html } = await load("/", { publicUrl: "https://city.example/lotse/" });
    expect(html).toContain('src="/lotse/assets/chat.js"');
    expect(html).toContain('href="https://city.example/lotse/?lang=tr"');
    expect(dataOf(html).endpoint).toBe("/lotse/v3/directline");
  });
});

describe("assets", () => {
  test("come with their type and an ETag that saves the second time", async () => {
    const { app } = createApp();
    const response = await app.request("/assets/chat.css");
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Type")).toBe("text/css; charset=utf-8");
    expect(await response.text()).toBe("p{}");
    const again = await app.request("/assets/chat.css", { headers: { "If-None-Match": response.headers.get("ETag") ?? "" } });
    expect(again.status).toBe(304);
  });

  test("that are no plain file name are never asked for", async () => {
    const { app, asked } = createApp();
    for (const name of ["..%2Fchat.css", "%2e%2e%2fetc%2fpasswd", "a%00.css", ".env", "chat", "a.css%0a"]) {
      expect((await app.request(`/assets/${name}`)).status).toBe(404);
    }
    expect(asked).toEqual([]);
    expect((await app.request("/assets/other.css")).status).toBe(404);
  });
});
