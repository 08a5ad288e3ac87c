import { z } from "zod";
import file from "../../knowledge/city.json" with { type: "json" };

const Texts = z.object({ de: z.string().min(1), en: z.string().min(1) });
const HttpUrl = z.url({ protocol: /^https?$/ });
/** A colour, a length, a list of fonts: nothing that could end the declaration or fetch something. */
const CssValue = z
  .string()
  .regex(/^[\w\s#%.,"'()/+-]{1,200}$/)
  .refine((value) => !/url\(/i.test(value), "no addresses");

const City = z.strictObject({
  name: Texts,
  operator: z.strictObject({
    name: z.string().min(1),
    address: z.array(z.string().min(1)).min(1),
    url: HttpUrl,
    phone: z.string().optional(),
    email: z.email().optional(),
    /** Who speaks for it by law. */
    representedBy: z.string().optional(),
    /** The data protection officer's address. */
    dataProtection: z.email().optional(),
  }),
  /** Where people say what is hard to use. */
  feedbackUrl: HttpUrl,
  /** A harmless page for who has to leave quickly. */
  exitUrl: HttpUrl,
  /** Who sees to it that the city's pages can be used by everybody. */
  enforcement: z.strictObject({ name: Texts, url: HttpUrl }),
  /** CSS custom properties of the widget and the pages. */
  theme: z.record(z.string().regex(/^--stadtlotse-[a-z-]+$/), CssValue),
});

/** What a city says about itself: name, contacts, colours. */
export type City = z.output<typeof City>;

/** knowledge/city.json: the one file that another city changes. Throws if it does not fit. */
export const city: City = City.parse(file);
