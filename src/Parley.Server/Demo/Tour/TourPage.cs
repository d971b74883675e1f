using System.Net;
using Parley.Server.Demo.Controls;
using Parley.Server.Demo.Shop;

namespace Parley.Server.Demo.Tour;

/// <summary>The page itself, as plain HTML: a list, and two windows that hold the shop and the console as everybody gets them.</summary>
internal static class TourPage
{
    /// <param name="telephone">The origin at which the customer's second device is.</param>
    public static string Draw(string telephone) => $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8">{BrowserClock.Tag}<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>Parley: both sides of one conversation</title><link rel="stylesheet" href="{TourRoutes.Root}/page/tour.css"><link rel="stylesheet" href="{StageRoutes.Root}/page/stage.css"><link rel="icon" href="data:,"></head>
        <body data-show="shop">
        <header class="bar">
          <h1>Parley</h1><p data-hint hidden><b></b> <span></span></p><p data-lead>Both sides of one conversation. All of it is real: what you write goes through the same door as everywhere.</p>
          <button class="count" data-scene aria-expanded="false" aria-controls="settings">{Dial}<span>Clock, rules, mail</span><span class="mails" data-news hidden></span></button>
          <button class="count" data-list aria-expanded="false" aria-controls="list"><span class="ring" aria-hidden="true"></span><span data-progress>0 of {Tries.All.Count} tried</span></button>
        </header>
        <nav class="tabs" aria-label="What is shown">{Tab("list", "To try")}{Tab("shop", "Shop")}{Tab("console", "Console")}{Tab("settings", "Clock")}</nav>
        <main>
          <section id="list" class="list" aria-label="Things to try">
            <h2>Things to try</h2>
            <ol>{string.Concat(Tries.All.Select(Item))}</ol>
            <p class="all" hidden data-all>That was all of it. Look around: search with <kbd>/</kbd>, every command with <kbd>Ctrl K</kbd>, the settings at the bottom of the rail.</p>
            <p class="small"><a href="{Pages.Root}" target="_blank" rel="noopener">The shop</a> and <a href="/" target="_blank" rel="noopener">the console</a> in windows of their own. Kim and Ravi can sign in too: their passwords stand where the demo was started.</p>
          </section>
          <section id="settings" class="list settings" aria-label="Clock, rules and mailbox">
            <h2>Clock, rules and mailbox</h2>
            {StagePage.Panel}
          </section>
          <section class="window shop" aria-label="The customer">
            <header><b data-who>Ana’s browser</b><div class="devices" role="group" aria-label="Device"><button data-device="computer" aria-pressed="true">Computer</button><button data-device="telephone" aria-pressed="false">Telephone</button></div><button class="close" data-close title="Close the tab" aria-label="Close the tab">{Cross}</button></header>
            <div class="stage"><iframe data-frame="computer" title="The shop" src="{Pages.Root}#chat" allow="autoplay;clipboard-write"></iframe>
            <div class="telephone" data-telephone="{telephone}{ShopRoutes.Telephone}" hidden></div>
            <div class="gone" hidden><h2>The tab is closed.</h2><p data-gone>In five seconds Noor sees at the right that the customer is gone. What she writes now waits here.</p><button data-open>Open the shop again</button></div></div>
          </section>
          <section class="window console" aria-label="Who answers">
            <header><b>{TourRoutes.Host}’s console</b></header>
            <div class="stage"><iframe data-frame="console" title="The console" src="{TourRoutes.Root}/console" allow="autoplay;clipboard-read;clipboard-write"></iframe></div>
          </section>
        </main>
        <p class="said" role="status" data-said></p>
        <script src="{TourRoutes.Root}/page/tour.js" defer></script>
        <script src="{StageRoutes.Root}/page/stage.js" defer></script>
        </body>
        </html>
        """;

    private static string Item(Try one) =>
        $"<li data-try=\"{one.Id}\"><span class=\"tick\" aria-hidden=\"true\">{Check}</span><div><b>{Text(one.Title)}</b><span class=\"state\"> (done)</span><p>{Text(one.How)}</p></div></li>";

    private static string Tab(string name, string text) => $"<button data-tab=\"{name}\" aria-pressed=\"{(name == "shop" ? "true" : "false")}\">{text}</button>";

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private const string Check = """<svg viewBox="0 0 16 16" width="12" height="12" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"><path d="m3 8.500 3.200 3.200L13 5"/></svg>""";

    private const string Dial = """<svg viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.500" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><circle cx="8" cy="8" r="6.250"/><path d="M8 4.500V8l2.500 1.500"/></svg>""";

    private const string Cross = """<svg viewBox="0 0 16 16" width="14" height="14" fill="none" stroke="currentColor" stroke-width="1.800" stroke-linecap="round" aria-hidden="true"><path d="m4 4 8 8M12 4l-8 8"/></svg>""";
}
