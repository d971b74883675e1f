using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Channels.Connections;
using Parley.Platform;
using Parley.Platform.Web;

namespace Parley.Channels.Generic;

/// <param name="Url">Where what we say goes.</param>
/// <param name="Secret">Signs what goes out, and what comes in where it is signed.</param>
/// <param name="Token">Shows who calls, where nobody can sign.</param>
/// <param name="Plain">It shows text only: no buttons, no cards.</param>
/// <param name="TextLimit">The longest text that it takes.</param>
/// <param name="WindowHours">For how long after their last word it lets customers be written to.</param>
internal sealed record GenericSettings(string Url, string Secret, string Token, bool Plain = false, int? TextLimit = null, int? WindowHours = null);

/// <summary>
/// Any system becomes a channel: it posts what customers say to the channel's address, with a bearer token or signed (Standard Webhooks), and is called with what is answered, signed the
/// same way. What it is called with bears one id however often it is sent, so it can discard what it has.
/// </summary>
internal sealed class GenericChannel(ChannelSettings settings, TimeProvider time) : Channel<GenericSettings>, IDisposable
{
    private const int Shortest = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpMessageInvoker _http = new OpenNetwork(settings.AllowLoopback).Caller(Patience);

    public override string Kind => "generic";

    public override LocalText Name { get; } = Texts("Your own system", "Ihr eigenes System", "Uw eigen systeem", "Su propio sistema");

    public override LocalText About { get; } = Texts(
        "Connects any system by an API and webhooks.",
        "Verbindet ein beliebiges System über eine API und Webhooks.",
        "Verbindt elk systeem via een API en webhooks.",
        "Conecta cualquier sistema mediante una API y webhooks.");

    public override Capabilities Capabilities { get; } = new()
    {
        Media = [new("", 1L << 32)],
        Buttons = 20,
        ButtonTitle = 200,
        Carousels = true,
        Templates = true,
        ReplyTo = true,
        Receipts = Receipts.Delivered | Receipts.Read,
        Repeatable = true,
        GiveUpAfter = TimeSpan.FromDays(3),
        RequestLimit = 30_000_000,
    };

    public override ImmutableArray<Field> Fields { get; } =
    [
        new("url", SettingKind.Url, Texts("Address of your system", "Adresse Ihres Systems", "Adres van uw systeem", "Dirección de su sistema"), Texts(
            "What you answer is sent there, as a signed webhook.", "Dorthin geht, was Sie antworten, als signierter Webhook.", "Daarheen gaat wat u antwoordt, als ondertekende webhook.", "Allí se envía lo que usted responde, como webhook firmado."), Required: true)
            { Example = "https://system.example.org/parley" },
        new("secret", SettingKind.Made, Texts("Signing secret", "Geheimnis zum Signieren", "Geheim om te ondertekenen", "Secreto para firmar"), Texts(
            "Proves that a webhook is from here.", "Beweist, dass ein Webhook von hier ist.", "Bewijst dat een webhook van hier komt.", "Demuestra que un webhook viene de aquí.")),
        new("token", SettingKind.Made, Texts("Token", "Token", "Token", "Token"), Texts(
            "Your system sends it with what customers say: Authorization: Bearer …", "Ihr System sendet es mit dem, was Kunden sagen: Authorization: Bearer …", "Uw systeem stuurt het mee met wat klanten zeggen: Authorization: Bearer …", "Su sistema lo envía con lo que dicen los clientes: Authorization: Bearer …")),
        new("plain", SettingKind.Switch, Texts("Text only", "Nur Text", "Alleen tekst", "Solo texto"), Texts(
            "Choices go as numbers, cards as text, files as links.", "Auswahlen gehen als Nummern, Karten als Text, Dateien als Links.", "Keuzes gaan als nummers, kaarten als tekst, bestanden als links.", "Las opciones van como números, las tarjetas como texto, los archivos como enlaces.")),
        new("textLimit", SettingKind.Number, Texts("Longest text", "Längster Text", "Langste tekst", "Texto más largo"), Texts(
            "Longer ones go in several messages. Empty: any length.", "Längere gehen in mehreren Nachrichten. Leer: beliebig lang.", "Langere gaan in meerdere berichten. Leeg: elke lengte.", "Los más largos van en varios mensajes. Vacío: cualquier longitud.")),
        new("windowHours", SettingKind.Number, Texts("Hours in which one may answer", "Stunden, in denen man antworten darf", "Uren waarin men mag antwoorden", "Horas en las que se puede responder"), Texts(
            "After the customer's last word. Empty: always.", "Nach dem letzten Wort des Kunden. Leer: immer.", "Na het laatste woord van de klant. Leeg: altijd.", "Tras la última palabra del cliente. Vacío: siempre.")),
    ];

    public override Capabilities CapabilitiesOf(Connection connection)
    {
        var it = SettingsOf(connection);
        var can = it.Plain ? Capabilities with { Media = [], Buttons = 0, Carousels = false } : Capabilities;
        return can with
        {
            TextLimit = it.TextLimit is { } limit ? Math.Clamp(limit, Shortest, can.TextLimit) : can.TextLimit,
            Window = it.WindowHours is > 0 and var hours ? new WindowRule(TimeSpan.FromHours(hours), Templates: true) : null,
        };
    }

    public override IEnumerable<FieldFlaw> Flaws(Connection connection)
    {
        var it = SettingsOf(connection);
        return (it.TextLimit is < Shortest ? [new FieldFlaw("settings.textLimit", "tooShort", $"At least {Shortest} characters.")] : Array.Empty<FieldFlaw>())
            .Concat(it.WindowHours is < 1 or > 8_760 ? [new FieldFlaw("settings.windowHours", "invalid", "Between an hour and a year.")] : []);
    }

    /// <summary>A signing secret is written as Standard Webhooks writes it, so that its libraries take it as it is.</summary>
    public override string Make(Field field) => field.Name == "secret" ? StandardWebhooks.Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) : base.Make(field);

    public override Admission Admit(RawRequest request, Connection connection, DateTimeOffset now)
    {
        if (Stranger(request, connection, now) is { } stranger)
        {
            return stranger;
        }

        var flaw = Bearer(request) is null ? StandardWebhooks.Flaw(request, SettingsOf(connection).Secret, now) : null;
        return flaw is not null ? Unproven(flaw)
            : GenericWire.Flaw(request.Body) is { } malformed ? new Admission.Refused("request.malformed", malformed, 400)
            : new Admission.Kept(request.Header("idempotency-key") ?? request.Header(StandardWebhooks.IdHeader));
    }

    public override Admission.Refused? Stranger(RawRequest head, Connection connection, DateTimeOffset now)
    {
        if (head.Method != "POST")
        {
            return new Admission.Refused("method.unknown", "What customers say is posted.", 405);
        }

        var flaw = Bearer(head) is not { } bearer ? StandardWebhooks.Stale(head, now)
            : CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(bearer)), SHA256.HashData(Encoding.UTF8.GetBytes(SettingsOf(connection).Token))) ? null : "token.wrong";
        return flaw is null ? null : Unproven(flaw);
    }

    public override RawRequest Cut(RawRequest request, IReadOnlySet<int> left) => request with { Body = GenericWire.Cut(request.Body, left) };

    public override IReadOnlyList<Inbound> Receive(RawRequest request, Connection connection) => GenericWire.Read(request.Body);

    public override Task<SendOutcome> Send(Outbound outbound, Connection connection, CancellationToken cancel) =>
        Call(connection, outbound.Id, GenericWire.Write(outbound, connection), answer => new SendOutcome.Sent(GenericWire.IdIn(answer) ?? outbound.Id), cancel);

    /// <summary>The system is called with a test, signed like all else, which it has only to answer.</summary>
    public override async Task<Failure?> Check(Connection connection, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return await Call(connection, $"test_{Guid.CreateVersion7(now):N}", GenericWire.Test(connection, now), _ => new SendOutcome.Sent(), cancel) is SendOutcome.Failed { Why: var why } ? why : null;
    }

    private async Task<SendOutcome> Call(Connection connection, string id, byte[] body, Func<string, SendOutcome> sent, CancellationToken cancel)
    {
        var (it, now) = (SettingsOf(connection), time.GetUtcNow());
        if (!Uri.TryCreate(it.Url, UriKind.Absolute, out var url))
        {
            return new Failure.Misconfigured("There is no address to send to.");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        request.Headers.TryAddWithoutValidation(StandardWebhooks.IdHeader, id);
        request.Headers.TryAddWithoutValidation(StandardWebhooks.TimestampHeader, StandardWebhooks.Seconds(now));
        request.Headers.TryAddWithoutValidation(StandardWebhooks.SignatureHeader, StandardWebhooks.Sign(it.Secret, id, now, body));
        return await WebCall.Send(_http, request, Patience, sent, cancel);
    }

    public void Dispose() => _http.Dispose();

    private static string? Bearer(RawRequest request) => request.Header("authorization") is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : null;

    private static Admission.Refused Unproven(string flaw) => new(flaw, "This request is not signed as it must be, or its token is wrong.");

    private static LocalText Texts(string en, string de, string nl, string es) => new([new("en", en), new("de", de), new("nl", nl), new("es", es)]);
}
