/** The page of engine="vis": pyvis's nodes, edges and options as they are, drawn by the vis-network that pyvis brings. */

const { nodes, edges, options } = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("network")).textContent || "");
const { vis } = /** @type {any} */ (window);
const network = new vis.Network(document.querySelector("main"), { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) }, options);
Object.assign(window, { network });
network.once("afterDrawing", () => Object.assign(window, { ready: performance.now() }));
