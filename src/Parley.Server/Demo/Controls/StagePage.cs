using Parley.Server.Demo.Mailbox;
using Parley.Server.Demo.Shop;
using Parley.Server.Demo.Tour;

namespace Parley.Server.Demo.Controls;

/// <summary>The panel, in the demo's page and as a page of its own for who has the shop in a window.</summary>
internal static class StagePage
{
    public static string Draw() => $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8">{BrowserClock.Tag}<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>Parley: clock, rules and mailbox</title><link rel="stylesheet" href="{TourRoutes.Root}/page/tour.css"><link rel="stylesheet" href="{StageRoutes.Root}/page/stage.css"><link rel="icon" href="data:,"></head>
        <body class="alone">
        <main class="paper"><h1>Clock, rules and mailbox</h1><p class="lead">What is set here counts for the whole demo, at once. <a href="{Pages.Root}">The shop</a>, <a href="/">the console</a>, <a href="{TourRoutes.Root}">both on one page</a>.</p>
        {Panel}
        </main>
        <script src="{StageRoutes.Root}/page/stage.js" defer></script>
        </body>
        </html>
        """;

    /// <summary>Filled in by the script: until then nothing is pressed.</summary>
    public static readonly string Panel = $"""
        <div class="stage-panel" data-stage>
        <section aria-labelledby="stage-clock"><h3 id="stage-clock">The clock</h3>
        <p class="wall"><time data-wall>–:––</time><span data-day></span></p>
        {Choice("stage-clock", "night", ("false", "Day"), ("true", "22:00"))}
        <p class="why" data-why></p></section>
        <section aria-labelledby="stage-profile"><h3 id="stage-profile">How the shop answers</h3>
        {Choice("stage-profile", "profile", ("blended", "Both"), ("messaging", "Messaging"), ("strictLive", "Strict live"))}
        <p class="why" data-why></p></section>
        <section aria-labelledby="stage-short"><h3 id="stage-short">How long things take</h3>
        {Choice("stage-short", "short", ("true", "Seconds"), ("false", "As in a company"))}
        <details><summary>Which times</summary><dl data-times></dl></details></section>
        <a class="letters" href="{MailRoutes.Root}" target="parley-mail">{Envelope}<span><b>Mailbox</b><span data-mails>What Parley mails stays here.</span></span></a>
        <p class="failed" role="alert" hidden data-failed></p>
        </div>
        """;

    private static string Choice(string labelled, string name, params ReadOnlySpan<(string Value, string Text)> options)
    {
        var buttons = "";
        foreach (var (value, text) in options)
        {
            buttons += $"<button type=\"button\" data-set=\"{name}\" value=\"{value}\" aria-pressed=\"false\">{text}</button>";
        }

        return $"<div class=\"choice\" role=\"group\" aria-labelledby=\"{labelled}\">{buttons}</div>";
    }

    private const string Envelope = """<svg viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.500" stroke-linejoin="round" aria-hidden="true"><rect x="2.500" y="4.500" width="15" height="11" rx="2"/><path d="m3 6 7 5 7-5" stroke-linecap="round"/></svg>""";
}
