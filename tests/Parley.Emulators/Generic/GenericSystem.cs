using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Parley.Emulators.Generic;

/// <summary>A system of one's own, connected by the API and Standard Webhooks both ways: written from <c>docs/guide/channels.md</c>.</summary>
public sealed class GenericSystem(VirtualClock clock) : Provider(clock)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public override string Kind => "generic";

    public override string Name => "Your own system";

    public override string How => "In the console, under Settings and Channels, add “Your own system” with the address below; then bring its address and its signing secret here.";

    public override ImmutableArray<Need> Needs { get; } = [new("address", "Address that is called with what customers say", "http://127.0.0.1:5080/v1/channels/inb_…/inbound"), new("secret", "Signing secret", "whsec_…")];

    /// <summary>What it calls what it takes from now on; null: it says nothing of that.</summary>
    public string? Names { get; set; }

    private string Secret => Connected.GetValueOrDefault("secret", "");

    public override void Map(IEndpointRouteBuilder routes) => routes.MapPost("/hook", Hook);

    protected override HttpRequestMessage Write(string key, IReadOnlyList<Piece> pieces, Proof proof)
    {
        var items = pieces.Select(Item).ToArray();
        // One thing goes as itself, several in a list.
        var body = items.Length == 1 ? JsonSerializer.SerializeToUtf8Bytes(items[0], Json) : JsonSerializer.SerializeToUtf8Bytes(new { items }, Json);
        var at = Clock.GetUtcNow() - (proof == Proof.Old ? TimeSpan.FromMinutes(6) : TimeSpan.Zero);
        var request = new HttpRequestMessage(HttpMethod.Post, Connected["address"]) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in StandardWebhooks.Sign(proof == Proof.Forged ? "whsec_bm90IHRoZSBzZWNyZXQ=" : Secret, key, at, body))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static object Item(Piece piece) => piece switch
    {
        Word word => new { word.Id, Type = "message", From = new { Id = word.From, word.Name }, word.Text, word.Choice, Quotes = word.Answers, word.At },
        Receipt receipt => new { receipt.Id, Type = "receipt", receipt.Of, receipt.State },
        Echo echo => new { echo.Id, Type = "echo", echo.To, echo.Text },
        Bare bare => bare.What,
        _ => throw new ArgumentOutOfRangeException(nameof(piece)),
    };

    private async Task Hook(HttpContext http)
    {
        using var whole = new MemoryStream();
        await http.Request.Body.CopyToAsync(whole, http.RequestAborted);
        var body = whole.ToArray();
        if (StandardWebhooks.Flaw(name => http.Request.Headers[name], Secret, Clock.GetUtcNow(), body) is { } flaw)
        {
            await Unproven(http, flaw);
            return;
        }

        using var said = JsonDocument.Parse(body);
        if (said.RootElement.GetProperty("type").GetString() != "message")
        {
            await Answer(http, said.RootElement.GetProperty("type").GetString() ?? "?");
            return;
        }

        var names = Names;
        await Answer(http, Read(http.Request.Headers["webhook-id"]!, said.RootElement.GetProperty("data")), answering => names is null ? Task.CompletedTask : answering.Response.WriteAsJsonAsync(new { id = names }));
    }

    private static Heard Read(string id, JsonElement data) => new(id, Text(data, "to") ?? "", Text(data, "text") ?? "")
    {
        By = Text(data, "by"),
        Buttons = Buttons(data),
        Cards = data.TryGetProperty("cards", out var cards) ? [.. cards.EnumerateArray().Select(card => new Card(Text(card, "title") ?? "", Text(card, "text"), card.TryGetProperty("image", out var image) ? Text(image, "url") : null, Buttons(card)))] : [],
        File = data.TryGetProperty("file", out var file) ? new Attached(Text(file, "name") ?? "", Text(file, "url") ?? "") : null,
    };

    private static ImmutableArray<Button> Buttons(JsonElement it) =>
        it.TryGetProperty("buttons", out var buttons) ? [.. buttons.EnumerateArray().Select(button => new Button(Text(button, "id") ?? "", Text(button, "text") ?? "", Text(button, "url")))] : [];

    private static string? Text(JsonElement it, string name) => it.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
