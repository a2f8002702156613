import { dismiss, notices } from "../data/notices";
import { useStore } from "../data/store";
import { Button } from "./Button";

/** What became of what the user did. */
export function Notices() {
    const shown = useStore(notices);
    return (
        <div class="notices" role="status" aria-label="Messages">
            {shown.map(({ id, kind, text, details }) => (
                <div key={id} class={`notice ${kind}`}>
                    <div>
                        <p>{text}</p>
                        {details.length > 0 && (
                            <ul>
                                {details.map((detail, index) => (
                                    <li key={index}>{detail}</li>
                                ))}
                            </ul>
                        )}
                    </div>
                    <Button onClick={() => dismiss(id)}>Dismiss</Button>
                </div>
            ))}
        </div>
    );
}
