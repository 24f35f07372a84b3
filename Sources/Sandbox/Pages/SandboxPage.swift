/// The frame and the style sheet of the sandbox's pages.
enum SandboxPage {
    enum Width: String { case narrow, wide }

    /// A whole page. The style sheet is a file of its own, so that the policy can forbid everything inline.
    static func html(
        title: String, language: String = "zh-CN", width: Width = .narrow, banner: HTML? = nil, body: HTML
    ) -> HTML {
        """
        <!DOCTYPE html>
        <html lang="\(language)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>\(title)</title>
        <link rel="stylesheet" href="\(styleAddress)">
        </head>
        <body class="\(width.rawValue)">
        <div class="band">\(banner ?? "演示用替身 · 这里的人和资料全是虚构的")</div>
        <main>\(body)</main>
        </body>
        </html>
        """
    }

    static let styleAddress = "/sandbox.css"

    /// Colours and sizes as in the portal; written by hand, a few kilobytes.
    static let style = """
        :root{--ink:#16242c;--second:#4a5a64;--line:#d9e0e3;--ground:#f4f7f7;--paper:#fff;--teal:#0b5a68;--dark:#084550;
        --tint:#e6f1f3;--rose:#b02a5b;--good:#17693f;--goodtint:#e5f4ec;--wait:#7a4f00;--waittint:#fdf3dc;--stop:#a3231c;
        --stoptint:#fceceb}
        *{box-sizing:border-box}
        body{margin:0;background:var(--ground);color:var(--ink);font:18px/1.65 "PingFang SC","HarmonyOS Sans SC",
        "Noto Sans CJK SC","Microsoft YaHei",system-ui,sans-serif;border-top:4px solid var(--rose);
        -webkit-text-size-adjust:100%}
        .band{background:var(--waittint);color:var(--wait);border-bottom:1px solid #ecd9a8;padding:8px 16px;
        text-align:center;font-size:16px;font-weight:600}
        main{max-width:680px;margin:0 auto;padding:20px 16px 56px}
        .wide main{max-width:860px}
        h1{font-size:28px;line-height:1.3;margin:12px 0 4px;color:var(--dark)}
        h2{font-size:20px;line-height:1.4;margin:32px 0 10px}
        .card h2{margin:0 0 4px;display:flex;flex-wrap:wrap;gap:10px;align-items:center}
        p{margin:0 0 12px}
        .lead{color:var(--second)}
        .quiet{color:var(--second);font-size:16px}
        .foot{margin-top:28px;color:var(--second);font-size:16px}
        a{color:var(--teal)}
        code{font-size:15px;overflow-wrap:anywhere}
        .card,.notice{background:var(--paper);border:1px solid var(--line);border-radius:12px;padding:16px;margin:0 0 14px}
        .notice{background:var(--stoptint);border-color:#efc4c1;color:var(--stop)}
        .people{list-style:none;margin:0;padding:0;display:grid;gap:10px}
        .person{display:grid;grid-template-columns:48px 1fr 20px;gap:14px;align-items:center;width:100%;min-height:64px;
        text-align:left;font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:12px;
        padding:12px 14px;cursor:pointer}
        .person:hover{border-color:var(--teal);background:var(--tint)}
        .person .face{width:48px;height:48px;border-radius:50%;background:var(--tint);color:var(--dark);display:grid;
        place-items:center;font-size:21px;font-weight:600}
        .officers .face{border-radius:12px}
        .person .name{font-weight:600;display:block}
        .person .case{display:block;color:var(--second);font-size:17px;line-height:1.5}
        .person .go{color:var(--teal);font-size:22px}
        .hint{margin:4px 2px 8px 76px;color:var(--second);font-size:15px;line-height:1.5;overflow-wrap:anywhere}
        .field{display:flex;flex-wrap:wrap;gap:10px}
        input,select,button{font:inherit;color:inherit}
        input,select{width:100%;min-height:48px;padding:8px 12px;border:1px solid #7d8b93;border-radius:8px;
        background:var(--paper)}
        .field input{flex:1 1 220px;width:auto}
        .fields{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:12px;margin:10px 0 14px}
        label{font-size:16px;color:var(--second);display:block}
        label input,label select{color:var(--ink);font-size:18px}
        .buttons{display:flex;gap:10px;flex-wrap:wrap}
        .buttons button,.field button{min-height:48px;padding:8px 22px;border-radius:8px;border:1px solid var(--teal);
        background:var(--paper);color:var(--teal);font-weight:600;cursor:pointer}
        .buttons .primary,.field button{background:var(--teal);color:#fff}
        .buttons button:hover{background:var(--tint)}
        .buttons .primary:hover,.field button:hover{background:var(--dark)}
        .badge{font-size:16px;font-weight:600;border-radius:999px;padding:2px 12px}
        .good{background:var(--goodtint);color:var(--good)}
        .stop{background:var(--stoptint);color:var(--stop)}
        :focus-visible{outline:3px solid #ffbf47;outline-offset:2px;box-shadow:0 0 0 6px var(--ink)}
        .language{float:right;font-size:16px;min-height:48px;padding:10px 0 10px 14px}
        """
}
