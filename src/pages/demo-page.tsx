import type { FC } from "hono/jsx";
import { city } from "./city.ts";
import { attributesOf, type EmbedOptions } from "./embed-options.ts";
import { Layout, type PageProps, type StatementLang, statementLanguages } from "./layout.tsx";

const texts = {
  de: {
    title: "Beispiel-Seite",
    lead: "So sieht der Chat auf einer Seite der Stadt aus.",
    heading: "Wohnen in der Stadt",
    body: [
      "Das ist eine Seite zum Ansehen. Sie zeigt, wie der Chat auf einer anderen Seite wirkt.",
      "Der Chat stört die Seite nicht: Er lädt erst, wenn jemand ihn öffnet.",
    ],
  },
  en: {
    title: "Example page",
    lead: "This is how the chat looks on a page of the city.",
    heading: "Living in the city",
    body: [
      "This is a page to look at. It shows how the chat works on another page.",
      "The chat does not disturb the page: it is loaded when somebody opens it.",
    ],
  },
} as const;

interface DemoPageProps extends PageProps {
  readonly lang: StatementLang;
  readonly options: EmbedOptions;
}

/** A page as a city has it, with the widget embedded by its tag. */
export const DemoPage: FC<DemoPageProps> = (props) => {
  const { lang, options } = props;
  const { title, lead, heading, body } = texts[lang];
  return (
    <Layout
      {...props}
      title={`${title} – Stadtlotse`}
      description={lead}
      path="/demo"
      languages={statementLanguages}
      scripts={["/widget/loader.js"]}
    >
      <article class="column text">
        <h1>
          {heading}: {city.name[lang]}
        </h1>
        <p class="lead">{lead}</p>
        {body.map((line) => (
          <p>{line}</p>
        ))}
      </article>
      <div class={options.mode === "inline" ? "column" : ""}>
        <stadtlotse-chat {...attributesOf(options)} />
      </div>
    </Layout>
  );
};
