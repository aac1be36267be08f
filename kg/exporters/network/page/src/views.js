/** The other views of the same meetings; the order is that of the tabs. */

import { WorldMap } from "./map.js";
import { Matrix } from "./matrix.js";
import { Table } from "./table.js";
import { Timeline } from "./timeline.js";

/** @type {Record<string, any>} */
export const VIEWS = { timeline: Timeline, map: WorldMap, table: Table, matrix: Matrix };
