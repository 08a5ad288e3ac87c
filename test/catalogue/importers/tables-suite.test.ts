import { describeImporter } from "./suite.ts";
import { tables } from "./suite-cases.ts";

for (const each of tables) describeImporter(each);
