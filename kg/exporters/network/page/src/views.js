/** The other views of the same meetings; the order is that of the tabs. */

import { Table } from "./table.js";

export const VIEWS = { table: Table };
