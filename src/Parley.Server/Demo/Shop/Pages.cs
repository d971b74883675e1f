using System.Net;
using Parley.Server.Demo.Controls;

namespace Parley.Server.Demo.Shop;

/// <summary>What a page of the shop is drawn with.</summary>
/// <param name="Inbox">The inbox whose widget it carries.</param>
/// <param name="Customer">Who is signed in at the shop; null: nobody.</param>
/// <param name="Language">The widget's language.</param>
/// <param name="Identity">The shop's signed word for the customer.</param>
internal sealed record Visiting(string Path, InboxId Inbox, Customer? Customer, string Language, string? Identity)
{
    /// <summary>What its links begin with: the shop's own address, or that of a telephone, where who one is stands in the address.</summary>
    public string Root { get; init; } = Pages.Root;

    public bool Held => Root != Pages.Root;
}

/// <summary>Somebody who has an account at the shop.</summary>
internal sealed record Customer(string Id, string Name, string Email)
{
    /// <summary>Two of them have a past in the stories, by the same ids.</summary>
    public static readonly IReadOnlyList<Customer> All = [new("ana", "Ana Souza", "ana@lighthouse-friends.test"), new("ben", "Ben Okafor", "ben@okafor.test"), new("zoe", "Zoë Martin", "zoe@martin.test")];
}

/// <summary>The shop's pages, as plain HTML. The widget is on them by the same two lines that any site uses.</summary>
internal static class Pages
{
    public const string Root = "/demo/shop";

    private static readonly (string Path, string Name)[] Menu = [("", "Gear"), ("/loft", "Sail loft"), ("/orders", "Orders & returns")];

    private static readonly (string Code, string Name)[] Languages = [("en", "English"), ("de", "Deutsch"), ("nl", "Nederlands"), ("es", "Español")];

    public static string Front(Visiting visiting) => Page(visiting, "Gear for people who go out anyway", $"""
        <div class="hero"><img src="{Root}/art/hero.svg" alt=""><div><h1>Gear for people who go out anyway</h1><p>Jackets, ropes, life jackets and sails, from a harbour with too much weather.</p></div></div>
        <main>
        <h2>This season</h2>
        <ul class="grid">{Cards(visiting, Product.All)}</ul>
        <div class="band"><img src="{Root}/art/loft.svg" alt=""><div><h2>The sail loft</h2><p>Ravi and his machines repair what the wind has opened, and make new what cannot be saved. Send a photo, get an honest answer.</p><p><a class="button quiet" href="{visiting.Root}/loft">To the loft</a></p></div></div>
        <ul class="facts"><li><b>Here by Friday</b>Order before 16:00, one to three days in Europe.</li><li><b>Thirty days</b>Send it back for nothing, wet or dry.</li><li><b>People</b>Noor, Kim and Ravi answer. No menus, no robots.</li></ul>
        </main>
        """);

    public static string Of(Visiting visiting, Product product) => Page(visiting, product.Name, $"""
        <main>
        <div class="product"><img src="{Root}/art/{product.Id}.svg" alt="{Text(product.Name)}">
        <div><a class="crumb" href="{visiting.Root}">Gear</a> <span class="crumb">· {Text(product.Kind)}</span><h1>{Text(product.Name)}</h1><p class="price">{Text(product.Price)}</p><p>{Text(product.Text)}</p>
        <div class="row"><button class="button" data-buy>Put into the basket</button><button class="button quiet" data-ask>Ask about it</button></div>
        <ul>{string.Concat(product.Points.Select(point => $"<li>{Text(point)}</li>"))}</ul></div></div>
        <h2>Goes well with it</h2>
        <ul class="grid">{Cards(visiting, Product.All.Where(other => other != product).Skip(Index(product) % 4).Take(4))}</ul>
        </main>
        """);

    public static string Loft(Visiting visiting) => Page(visiting, "The sail loft", $"""
        <div class="hero"><img src="{Root}/art/loft.svg" alt=""><div><h1>The sail loft</h1><p>Repairs in a week, new sails in six, honest words at once.</p></div></div>
        <main>
        <h2>What we do</h2>
        <ul class="facts"><li><b>Repairs</b>Seams, tears, leech lines, UV strips. A photo is enough for a price.</li><li><b>New sails</b>Cruising and club racing, measured twice, cut once.</li><li><b>Covers and hoods</b>In winter, when the sails are quiet.</li></ul>
        <div class="row"><button class="button" data-ask>Send a photo</button></div>
        </main>
        """);

    public static string Orders(Visiting visiting) => Page(visiting, "Orders & returns", $"""
        <main>
        <h2>Orders &amp; returns</h2>
        <p>{(visiting.Customer is { } customer ? $"Hello {Text(customer.Name)}. Your last parcel is on its way: order 20418, two pieces." : "Sign in at the top of the page to see your orders.")}</p>
        <ul class="facts"><li><b>Send it back</b>The label lies in the box. Thirty days, no questions, one if it smells of fish.</li><li><b>Something missing?</b>Write to us; Noor finds everything.</li><li><b>Invoices</b>With your association's VAT number, if you tell us.</li></ul>
        <div class="row"><button class="button quiet" data-ask>Ask about an order</button></div>
        </main>
        """);

    private static string Page(Visiting visiting, string title, string body) => $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8">{BrowserClock.Tag}<meta name="viewport" content="width=device-width, initial-scale=1"><title>{Text(title)} · Lighthouse</title><link rel="stylesheet" href="{Root}/page/shop.css"><link rel="icon" href="data:,"></head>
        <body>
        <div class="strip">A demonstration of Parley: nothing here is for sale. The button in the corner is real. <a href="{StageRoutes.Root}" target="parley-controls">Clock, rules and mailbox</a></div>
        <header class="top"><a class="logo" href="{visiting.Root}">{Logo}Lighthouse</a><nav aria-label="Shop">{string.Concat(Menu.Select(item => $"<a href=\"{visiting.Root}{item.Path}\"{(visiting.Path == item.Path ? " aria-current=\"page\"" : "")}>{Text(item.Name)}</a>"))}</nav>
        <div class="who">{(visiting.Held ? "" : Choose("as", "I am", visiting.Customer?.Id, [("", "Guest"), .. Customer.All.Select(customer => (customer.Id, customer.Name))]) + Choose("language", "Chat in", visiting.Language, Languages))}<span class="basket" role="status">Basket</span></div></header>
        {body}
        <footer><div><span>Lighthouse, Havenkade 7, Enkhuizen</span><span>Tuesday to Saturday, 9:00 to 17:30</span><a href="/" target="_top">The other side: the console</a></div></footer>
        {(visiting.Identity is { } identity ? $"<script>(window.Parley = window.Parley || []).push(['identify', '{identity}']);</script>" : "")}
        <script async src="/parley.js" data-inbox="{visiting.Inbox}" data-lang="{visiting.Language}"></script>
        <script src="{Root}/page/shop.js" defer></script>
        </body>
        </html>
        """;

    private static string Cards(Visiting visiting, IEnumerable<Product> products) => string.Concat(products.Select(product => Card(visiting, product)));

    private static string Card(Visiting visiting, Product product) =>
        $"<li><a class=\"card\" href=\"{visiting.Root}/{product.Id}\"><img src=\"{Root}/art/{product.Id}.svg\" alt=\"\" loading=\"lazy\"><b>{Text(product.Name)}</b><span>{Text(product.Kind)} · <span class=\"price\">{Text(product.Price)}</span></span></a></li>";

    private static string Choose(string name, string label, string? chosen, IEnumerable<(string Value, string Text)> options) =>
        $"<form method=\"post\" action=\"{Root}/choices\"><label>{label} <select name=\"{name}\" data-now=\"{chosen}\">{string.Concat(options.Select(option => $"<option value=\"{option.Value}\"{((chosen ?? "") == option.Value ? " selected" : "")}>{Text(option.Text)}</option>"))}</select></label></form>";

    private static int Index(Product product) => Product.All.Index().First(pair => pair.Item == product).Index;

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private const string Logo = """<svg viewBox="0 0 32 32" aria-hidden="true"><circle cx="16" cy="16" r="16" fill="#14567a"/><path d="M12.500 25 14 12h4l1.500 13Z" fill="#fff"/><path d="m13.600 15.500h4.800l.4 3.500h-5.600Z" fill="#e8604f"/><path d="M13.500 9.500 16 7l2.500 2.500V12h-5Z" fill="#f2b632"/><path d="m13 10-8-2v5ZM19 10l8-2v5Z" fill="#f2b632" opacity=".55"/></svg>""";
}
