using System.Net;

namespace Parley.Tests.Cast;

/// <summary>A customer's browser on the site: keeps what the widget keeps (<c>resume</c>), and speaks with the visitor's token.</summary>
public sealed class Browser(Uri address, string inbox) : Caller(address)
{
    private int _said;

    public string Inbox { get; } = inbox;

    public string? Resume { get; set; }

    public string? Visitor { get; private set; }

    /// <summary>Begins a session as the widget does: with what it kept, and with the site's word for who it is.</summary>
    public async Task<Answer> Begin(string? identity = null, object? page = null, bool? consent = null)
    {
        Bearer = null;
        var answer = await Post("/v1/widget/sessions", new { inbox = Inbox, identity, resume = Resume, page, consent });
        if (answer.Status == HttpStatusCode.Created)
        {
            (Bearer, Resume, Visitor) = (answer["token"], answer["resume"], answer["visitor.id"]);
        }

        return answer;
    }

    /// <summary>Starts a conversation; its id.</summary>
    public async Task<string> Write(string text) =>
        (await Post("/v1/widget/conversations", new { clientId = $"{Inbox[^6..]}-{++_said}", content = new { type = "text", text } })).Expect(HttpStatusCode.Created)["conversation.id"];

    public Task<Answer> Say(string conversation, string text) =>
        Post($"/v1/widget/conversations/{conversation}/messages", new { clientId = $"{conversation[^6..]}-{++_said}", content = new { type = "text", text } });

    /// <summary>What the customer can read of a thread.</summary>
    public Task<Answer> Read(string conversation) => Get($"/v1/widget/conversations/{conversation}/timeline");

    /// <summary>The ids of the threads that the customer sees.</summary>
    public async Task<List<string>> Threads() =>
        [.. (await Get("/v1/widget/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];

    /// <summary>Another tab of the same browser: the same memory, a connection of its own.</summary>
    public Browser Tab() => new(Address, Inbox) { Resume = Resume, Bearer = Bearer };
}
