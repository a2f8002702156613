import "./styles/app.css";
import { render } from "preact";
import { begin } from "./data/caller";
import { isSupported } from "./data/json";
import { App } from "./shell/App";

const root = document.getElementById("app")!;

if (isSupported) {
    render(<App />, root);
    void begin();
} else {
    root.textContent =
        "This browser cannot read large numbers exactly. Use Chrome or Edge 114, Firefox 135, Safari 18.4 or newer.";
}
