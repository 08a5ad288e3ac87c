import { city } from "../city.ts";
import type { Statement } from "./statement.ts";

const { operator, name } = city;
const contact = (phone: string, email: string, speaks: string) => [
  ...operator.address,
  ...(operator.representedBy === undefined ? [] : [`${speaks}: ${operator.representedBy}`]),
  ...(operator.phone === undefined ? [] : [`${phone}: ${operator.phone}`]),
  ...(operator.email === undefined ? [] : [`${email}: ${operator.email}`]),
];

/** Who answers for the chat (§ 5 DDG); the contacts stand in knowledge/city.json. */
export const imprint: Statement = {
  de: {
    title: "Impressum",
    lead: "Wer diesen Chat anbietet.",
    sections: [
      {
        title: operator.name,
        lines: contact("Telefon", "E-Mail", "Vertreten durch"),
        links: [{ label: `Webseite: ${operator.name}`, url: operator.url }],
      },
      {
        title: "Was der Chat zeigt",
        lines: [
          `Der Chat zeigt Angebote für Menschen in ${name.de}. Unter jedem Angebot steht, woher die Angaben sind. Hat die Stadt sie geprüft, steht dort auch der Tag.`,
          "Ob Sie eine Leistung bekommen, entscheidet immer das Amt oder die Stelle.",
        ],
      },
    ],
  },
  en: {
    title: "Legal notice",
    lead: "Who offers this chat.",
    sections: [
      {
        title: operator.name,
        lines: contact("Phone", "Email", "Represented by"),
        links: [{ label: `Website: ${operator.name}`, url: operator.url }],
      },
      {
        title: "What the chat shows",
        lines: [
          `The chat shows offers for people in ${name.en}. Below each offer you see where the facts come from. If the city has checked them, you see the day.`,
          "Whether you get a benefit is always decided by the office.",
        ],
      },
    ],
  },
};
