namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>The style of the pages, which their policy names by its hash (browsers count line ends as \n).</summary>
internal static class ConnectStyle
{
    public static readonly string Text = """
        :root { color-scheme: light dark; --back: #f3f5f8; --card: #fff; --text: #1a2028; --soft: #57616d;
          --line: #d5dbe3; --accent: #0a5bc4; --on-accent: #fff; --bad: #a3191f; --bad-back: #fdeced; --good: #17722f }
        @media (prefers-color-scheme: dark) {
          :root { --back: #0e1217; --card: #171c23; --text: #e7ebf0; --soft: #9aa5b1; --line: #303945;
            --accent: #6cabff; --on-accent: #08131f; --bad: #ff9a9d; --bad-back: #3a1a1d; --good: #6fd58a }
        }
        * { box-sizing: border-box }
        body { margin: 0; min-height: 100vh; padding: 3rem 1rem; background: var(--back); color: var(--text);
          font: 16px/1.55 system-ui, "Segoe UI", Roboto, sans-serif }
        header { max-width: 30rem; margin: 0 auto 1rem; font-weight: 650; color: var(--soft); letter-spacing: .01em }
        header::before { content: ""; display: inline-block; width: .8rem; height: .8rem; margin-right: .5rem;
          border-radius: .2rem; background: var(--accent) }
        main { max-width: 30rem; margin: 0 auto; padding: 2rem; background: var(--card);
          border: 1px solid var(--line); border-radius: .9rem; box-shadow: 0 1px 3px rgb(0 0 0 / .08) }
        h1 { margin: 0 0 1rem; font-size: 1.45rem; line-height: 1.25; letter-spacing: -.01em; overflow-wrap: anywhere }
        p { margin: 0 0 1rem }
        ol { display: flex; gap: .5rem; margin: 0 0 1.5rem; padding: 0; list-style: none; counter-reset: step }
        ol li { flex: 1; padding-top: .5rem; border-top: 3px solid var(--line); font-size: .8rem; line-height: 1.3;
          color: var(--soft) }
        ol .past { border-color: var(--good) }
        ol [aria-current] { border-color: var(--accent); color: var(--text); font-weight: 600 }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .5rem 1.25rem; margin: 0 0 1rem;
          padding: 1rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--back) }
        dt { color: var(--soft) }
        dd { margin: 0; font-weight: 550; overflow-wrap: anywhere }
        label { display: block; margin-bottom: .35rem; font-weight: 600 }
        input:not([type=hidden]), button, .button { display: block; width: 100%; padding: .7rem .9rem;
          border: 1px solid var(--line); border-radius: .55rem; font: inherit; text-align: center }
        input:not([type=hidden]) { background: var(--back); color: inherit; text-align: start }
        button, .button { margin-top: 1rem; border-color: transparent; background: var(--accent);
          color: var(--on-accent); font-weight: 600; text-decoration: none; cursor: pointer }
        .second, .danger { border-color: var(--line); background: transparent; color: inherit }
        .danger { color: var(--bad) }
        form { margin-bottom: 1.5rem }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
        .note { color: var(--soft) }
        .notice { padding: .75rem 1rem; border-radius: .55rem; background: var(--bad-back); color: var(--bad);
          overflow-wrap: anywhere }
        main > :last-child { margin-bottom: 0 }
        @media (max-width: 30rem) {
          body { padding: 1rem .75rem }
          main { padding: 1.25rem }
          dl { grid-template-columns: 1fr; gap: 0 }
          dd + dt { margin-top: .6rem }
        }
        """.ReplaceLineEndings("\n");
}
