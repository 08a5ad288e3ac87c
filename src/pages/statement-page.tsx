import type { FC } from "hono/jsx";
import { Layout, type PageProps, type StatementLang, statementLanguages } from "./layout.tsx";
import type { Statement } from "./statements/statement.ts";

interface StatementPageProps extends PageProps {
  readonly lang: StatementLang;
  readonly path: string;
  readonly statement: Statement;
}

/** A page of text about the chat. */
export const StatementPage: FC<StatementPageProps> = (props) => {
  const { title, lead, sections } = props.statement[props.lang];
  return (
    <Layout {...props} title={`${title} – Stadtlotse`} description={lead} languages={statementLanguages}>
      <article class="column text">
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
        {sections.map(({ title: heading, lines = [], points = [], links = [] }) => (
          <section>
            <h2>{heading}</h2>
            {lines.map((line) => (
              <p>{line}</p>
            ))}
            {points.length === 0 ? null : (
              <ul class="points">
                {points.map((point) => (
                  <li>{point}</li>
                ))}
              </ul>
            )}
            {links.map(({ label, url }) => (
              <p>
                <a href={url} rel="noopener noreferrer">
                  {label}
                </a>
              </p>
            ))}
          </section>
        ))}
      </article>
    </Layout>
  );
};
