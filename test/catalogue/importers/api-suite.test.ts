import { describeImporter } from "./suite.ts";
import { apis } from "./suite-cases.ts";

for (const each of apis) describeImporter(each);
