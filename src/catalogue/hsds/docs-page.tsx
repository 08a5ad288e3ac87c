import type { Handler } from "hono";
import { html } from "hono/html";
import type { FC } from "hono/jsx";
import { type DocsLang, docsLanguages, pageTexts, parameterTexts, routeTexts } from "./docs-words.ts";
import { type RouteEntry, routeTable } from "./route-table.ts";

/** The page's only style; colours have a contrast of 7:1 and more. */
export const docsStyle = `:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; color: light-dark(#1a1a1a, #eee); background: light-dark(#fff, #16181c); }
a { color: light-dark(#00457a, #9ccbff); }
code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; padding: .5rem; background: light-dark(#f0f2f5, #24272d); }
section { border-top: 1px solid light-dark(#767676, #999); margin-top: 1.5rem; }
dt { font-weight: 600; }
dd { margin: 0 0 .5rem 1.5rem; }
`;

const policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
const examples: { readonly [name in RouteEntry["name"]]?: string } = {
  root: "/",
  services: "/services?search=Kita&per_page=5",
  service_at_locations: "/service_at_locations?postcode=81371&proximity=2000",
  organizations: "/organizations?per_page=5",
  taxonomy_terms: "/taxonomy_terms?top_only=true",
};

const Route: FC<{ readonly route: RouteEntry; readonly lang: DocsLang; readonly base: string }> = ({ route, lang, base }) => {
  const example = examples[route.name];
  return (
    <section aria-labelledby={route.name}>
      <h3 id={route.name}>
        <code>GET /hsds/v3{route.path}</code>
      </h3>
      <p>{routeTexts[route.name][lang]}</p>
      <h4>{pageTexts.parametersOf[lang]}</h4>
      <dl>
        {route.parameters.map((name) => (
          <>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>{parameterTexts[name][lang]}</dd>
          </>
        ))}
      </dl>
      {example === undefined ? null : (
        <>
          <h4>{pageTexts.example[lang]}</h4>
          <pre>
            <code>{`curl "${base}${example}"`}</code>
          </pre>
        </>
      )}
    </section>
  );
};

const DocsPage: FC<{ readonly lang: DocsLang; readonly base: string }> = ({ lang, base }) => {
  const other = lang === "de" ? "en" : "de";
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{pageTexts.title[lang]}</title>
        <link rel="stylesheet" href="docs.css" />
        {docsLanguages.map((each) => (
          <link rel="alternate" hreflang={each} href={`?lang=${each}`} />
        ))}
      </head>
      <body>
        <header>
          <nav>
            <a href={`?lang=${other}`} hreflang={other} lang={other}>
              {pageTexts.otherLanguage[lang]}
            </a>
          </nav>
          <h1>{pageTexts.title[lang]}</h1>
          <p>{pageTexts.lead[lang]}</p>
          <p>
            <a href="openapi.json">{pageTexts.openapi[lang]}</a>
          </p>
        </header>
        <main>
          <h2>{pageTexts.rulesTitle[lang]}</h2>
          <ul>
            {pageTexts.rules[lang].map((rule) => (
              <li>{rule}</li>
            ))}
          </ul>
          <h2>{pageTexts.routesTitle[lang]}</h2>
          {routeTable.map((route) => (
            <Route route={route} lang={lang} base={base} />
          ))}
        </main>
      </body>
    </html>
  );
};

/** The page for people who build on the API: German, or English with ?lang=en; nothing on it comes from other hosts. `base` is the address of /hsds/v3. */
export function createDocsPage(base: string): Handler {
  return (c) => {
    const lang = c.req.query("lang") === "en" ? "en" : "de";
    c.header("Content-Language", lang);
    c.header("Content-Security-Policy", policy);
    c.header("Referrer-Policy", "same-origin");
    return c.html(html`<!doctype html>${<DocsPage lang={lang} base={base} />}`);
  };
}
