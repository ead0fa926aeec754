// The front page: nothing but “Check this computer”.

import { panel } from "./computer.js";

panel(document.getElementById("computer-panel"));
document.getElementById("computer").hidden = false;
