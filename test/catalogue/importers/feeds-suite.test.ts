import { describeImporter } from "./suite.ts";
import { feeds } from "./suite-cases.ts";

for (const each of feeds) describeImporter(each);
