using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Parley.Conversations.Shapes;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>Content as a client sends it: files and pictures by id.</summary>
public sealed record ContentBody(
    string? Type = null,
    string? Text = null,
    string? Format = null,
    IReadOnlyList<FileId>? Files = null,
    long? Quote = null,
    string? Language = null,
    IReadOnlyList<AgentId>? Mentions = null)
{
    public IReadOnlyList<Reply>? Replies { get; init; }

    public IReadOnlyList<ItemBody>? Items { get; init; }

    public bool? Choose { get; init; }

    public IReadOnlyList<CardBody>? Cards { get; init; }

    public Form? Form { get; init; }

    public IReadOnlyDictionary<string, FormValue>? Values { get; init; }

    public Place? Location { get; init; }

    public bool? Ask { get; init; }

    public Article? Article { get; init; }

    public bool? Again { get; init; }

    public string? Choice { get; init; }

    /// <summary>Of a message of ours that goes by mail: what it is about, and who gets it beside the customer.</summary>
    public MailBody? Mail { get; init; }

    /// <summary>True where nothing but text and files was sent.</summary>
    [JsonIgnore]
    public bool IsPlain => this is
    {
        Replies: null, Items: null, Choose: null, Cards: null, Form: null, Values: null, Location: null, Ask: null, Article: null, Again: null, Choice: null,
    };

    /// <summary>True where it says all by itself: sent again it means the same, whatever became of files, forms and people.</summary>
    [JsonIgnore]
    public bool NamesNothing => IsPlain && this is { Files: null, Mentions: null, Quote: null };
}

public sealed record ItemBody(string Id, string Title, string? Text = null, FileId? Image = null, string? Url = null);

public sealed record CardBody(string Id, string Title, string? Text = null, FileId? Image = null, IReadOnlyList<CardAction>? Actions = null);

/// <param name="Of">The question that this answers.</param>
/// <param name="Seen">The last entry that an agent had before them as they wrote: should a colleague have answered the customer since, it is refused (409 <c>conversation.answered</c>) with who it was. Absent: it is sent whatever was said.</param>
/// <param name="Unheld">True where whoever writes saw that nobody has the conversation: should somebody have been first, it is refused (409 <c>conversation.taken</c>) with who it was.</param>
public sealed record PostBody(ContentBody Content, string? ClientId = null, long? Of = null, bool? Unheld = null, long? Seen = null) : IEndpointParameterMetadataProvider
{
    public static ValueTask<PostBody> BindAsync(HttpContext http) => SmallBody.Read<PostBody>(http, Common);

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => SmallBody.Describe<PostBody>(builder);

    /// <summary>A text under an id, as nearly every message is.</summary>
    internal static PostBody? Common(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            string? id = null;
            ContentBody? content = null;
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var known = id is null && reader.ValueTextEquals("clientId"u8) ? (id = Text(ref reader)) is not null
                    : content is null && reader.ValueTextEquals("content"u8) && (content = Words(ref reader)) is not null;
                if (!known)
                {
                    return null;
                }
            }

            return reader.TokenType == JsonTokenType.EndObject && content is not null && !reader.Read() ? new PostBody(content, id) : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // What is wrong with it, and where, says who reads all the others.
            return null;
        }
    }

    private static ContentBody? Words(ref Utf8JsonReader reader)
    {
        string? type = null, text = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var known = type is null && reader.ValueTextEquals("type"u8) ? (type = Text(ref reader)) is not null
                : text is null && reader.ValueTextEquals("text"u8) && (text = Text(ref reader)) is not null;
            if (!known)
            {
                return null;
            }
        }

        return reader.TokenType == JsonTokenType.EndObject ? new ContentBody(type, text) : null;
    }

    private static string? Text(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
}

/// <param name="At">When it is sent: at most a year ahead.</param>
/// <param name="Undo">In place of a time: after so many seconds (1 to 60), in which it can be taken back. Where the customer is talked with at this moment it goes at once.</param>
/// <param name="Unheld">As of a message.</param>
/// <param name="Seen">As of a message, for one that waits to be taken back; what is sent at a time is sent whatever was said meanwhile.</param>
public sealed record ScheduleBody(ContentBody Content, string? ClientId = null, DateTimeOffset? At = null, int? Undo = null, bool? Unheld = null, long? Seen = null);

/// <param name="Form">The form that stood before the chat, filled in.</param>
public sealed record OpenBody(ContentBody? Content = null, string? ClientId = null, FormAnswer? Form = null);

/// <param name="Of">The question: the closing's, or a message that asks. Also one of before: it is then the episode of its time that is rated.</param>
/// <param name="Score">1 to 5.</param>
public sealed record RatingBody(long Of, int Score, string? Text = null, string? ClientId = null);

/// <param name="Mentions">Agents who are named: they are told, and follow the conversation from now on.</param>
/// <param name="Teams">Teams that are named: their people of now are told.</param>
public sealed record NoteBody(string Text, string? ClientId = null, IReadOnlyList<AgentId>? Mentions = null, IReadOnlyList<FileId>? Files = null, IReadOnlyList<TeamId>? Teams = null);

public sealed record SeenBody(long Seq);

/// <param name="Reason">Why it is passed on, for who has it then; without it, it is given out.</param>
/// <param name="Tell">False: the customer is not told that it was passed on.</param>
public sealed record AssignmentBody(AgentId? Agent = null, TeamId? Team = null, string? Reason = null, bool Tell = true);

/// <param name="By">By when the customer hears again; null: as soon as somebody answers.</param>
public sealed record LaterBody(DateTimeOffset? By = null);

public sealed record SnoozeBody(DateTimeOffset Until);

public sealed record PendingBody(PendingOn On);

public sealed record PriorityBody(Priority Priority);

/// <param name="Attributes">Under the workspace's attributes; null takes a value away.</param>
public sealed record AttributesBody(IReadOnlyDictionary<string, System.Text.Json.JsonElement?> Attributes);

public sealed record RedactionBody(long Of, string? Reason = null);
