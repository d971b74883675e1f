using System.Buffers;
using System.Text.Json;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform;

namespace Parley.Inbox.Lists;

/// <summary>A row as it travels. Names are joined in here: of the contact, of who spoke last.</summary>
internal sealed class SummaryWire(Faces faces)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = Json.Options.Encoder, SkipValidation = true };

    public byte[] Write(Summary row, ContactCard? contact)
    {
        var buffer = new ArrayBufferWriter<byte>(768);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Write(writer, row, contact, seen: null);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <param name="seen">How far the viewer has read, where the row is for one viewer only.</param>
    public void Write(Utf8JsonWriter writer, Summary row, ContactCard? contact, long? seen)
    {
        writer.WriteStartObject();
        writer.WriteId("id"u8, row.Id);
        Contact(writer, row, contact);
        writer.WriteId("inbox"u8, row.Inbox);
        Axes(writer, row);
        if (row.Team is { } team)
        {
            writer.WriteId("team"u8, team);
        }

        writer.WriteString("priority"u8, Word(row.Details.Priority));
        if (row.Details.Spam)
        {
            writer.WriteBoolean("spam"u8, true);
        }

        writer.WriteStartArray("labels"u8);
        foreach (var label in row.Details.Labels)
        {
            writer.WriteStringValue(label);
        }

        writer.WriteEndArray();
        if (row.Details.Merged is { } into)
        {
            writer.WriteId("mergedInto"u8, into);
        }

        Attributes(writer, row);
        if (!row.Details.Followers.IsEmpty)
        {
            writer.WriteStartArray("followers"u8);
            foreach (var agent in row.Details.Followers)
            {
                writer.WriteStringValue(agent.ToString());
            }

            writer.WriteEndArray();
        }

        Times(writer, row);
        writer.WriteNumber("lastSeq"u8, row.Details.LastSeq);
        writer.WriteNumber("lastMessageSeq"u8, row.Details.LastMessage);
        writer.WriteTime("lastEntryAt"u8, row.At);
        Said(writer, row, row.Details.Preview);
        writer.WriteString("channel"u8, row.Details.Channel);
        writer.WriteNumber("episode"u8, row.Details.Episode);
        writer.WriteTime("openedAt"u8, row.Details.OpenedAt);
        if (!row.Details.Answered.IsEmpty)
        {
            writer.WriteStartArray("answered"u8);
            foreach (var agent in row.Details.Answered)
            {
                writer.WriteStringValue(agent.ToString());
            }

            writer.WriteEndArray();
        }

        if (seen is not null)
        {
            writer.WriteNumber("seen"u8, seen.Value);
        }

        writer.WriteEndObject();
    }

    /// <summary>A customer's own thread: what was said, who answered, how much of it is new to them.</summary>
    public void WriteThread(Utf8JsonWriter writer, Summary row, long seen, long unread)
    {
        writer.WriteStartObject();
        writer.WriteId("id"u8, row.Id);
        // A customer's thread is open or closed; what it waits for among colleagues is theirs.
        writer.WriteString("status"u8, Word(row.Status == Status.Closed ? Status.Closed : Status.Open));
        writer.WriteString("mode"u8, Word(Threads.Shown(row.Details.Mode)));
        if (row.Details.Promise is { } promise)
        {
            writer.WriteStartObject("promise"u8);
            writer.WriteTime("due"u8, promise.Due);
            writer.WriteTime("spoken"u8, promise.Shown);
            writer.WriteEndObject();
        }

        // Up to what they may see: a note or an assignment must not show in their numbers either.
        writer.WriteNumber("lastSeq"u8, row.Details.LastPublic);
        writer.WriteNumber("lastMessageSeq"u8, row.Details.LastMessage);
        writer.WriteTime("lastEntryAt"u8, row.Details.LastPublicAt);
        writer.WriteTime("createdAt"u8, row.Details.OpenedAt);
        Said(writer, row, row.Details.Said);
        writer.WriteNumber("seen"u8, seen);
        writer.WriteNumber("unread"u8, unread);
        writer.WriteStartArray("agents"u8);
        foreach (var agent in row.Details.Answered.Reverse())
        {
            if (faces(row.Workspace, new Author(AuthorKind.Agent, agent.Value)) is { } face)
            {
                writer.WriteStartObject();
                writer.WriteId("id"u8, agent);
                Face(writer, face);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void Contact(Utf8JsonWriter writer, Summary row, ContactCard? contact)
    {
        writer.WriteStartObject("contact"u8);
        writer.WriteString("id"u8, (contact?.Id ?? row.Contact).ToString());
        if (contact?.Name is { } name)
        {
            writer.WriteString("name"u8, name);
        }

        writer.WriteBoolean("verified"u8, contact?.Verified ?? false);
        if (contact is not null)
        {
            writer.WriteNumber("version"u8, contact.Version);
        }

        writer.WriteEndObject();
    }

    private static void Attributes(Utf8JsonWriter writer, Summary row)
    {
        if (row.Details.Attributes is not { } known)
        {
            return;
        }

        writer.WriteStartObject("attributes"u8);
        foreach (var (key, value) in known)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }

    /// <summary>Status, mode and holder: three questions, three answers.</summary>
    private static void Axes(Utf8JsonWriter writer, Summary row)
    {
        writer.WriteString("status"u8, Word(row.Status));
        writer.WriteString("mode"u8, Word(row.Details.Mode));
        writer.WriteStartObject("holder"u8);
        if (row.Agent is { } agent)
        {
            writer.WriteString("kind"u8, "agent"u8);
            writer.WriteId("id"u8, agent);
        }
        else
        {
            writer.WriteString("kind"u8, row.Closed ? "nobody"u8 : "queue"u8);
            if (!row.Closed && row.Team is { } team)
            {
                writer.WriteId("id"u8, team);
            }
        }

        writer.WriteEndObject();
    }

    private static void Times(Utf8JsonWriter writer, Summary row)
    {
        if (row.Details.PendingOn is { } on)
        {
            writer.WriteString("pendingOn"u8, Word(on));
        }

        if (row.Details.SnoozedUntil is { } until)
        {
            writer.WriteTime("snoozedUntil"u8, until);
        }

        if (row.Details.WaitingSince is { } since)
        {
            writer.WriteTime("waitingSince"u8, since);
        }

        Awaited(writer, row.Details);
    }

    /// <summary>What is promised, to whom it is offered, how long somebody is looked for, since when the customer is gone.</summary>
    private static void Awaited(Utf8JsonWriter writer, SummaryDetails details)
    {
        if (details.Promise is { } promise)
        {
            writer.WriteStartObject("promise"u8);
            writer.WriteTime("due"u8, promise.Due);
            writer.WriteTime("spoken"u8, promise.Shown);
            writer.WriteString("ground"u8, Word(promise.Ground));
            if (promise.Broken)
            {
                writer.WriteBoolean("broken"u8, true);
            }

            writer.WriteEndObject();
        }

        if (details.Offer is { } offer)
        {
            writer.WriteStartObject("offer"u8);
            writer.WriteId("id"u8, offer.Id);
            writer.WriteId("agent"u8, offer.Agent);
            writer.WriteTime("until"u8, offer.Until);
            writer.WriteEndObject();
        }

        if (details.QueuedSince is { } queued)
        {
            writer.WriteTime("queuedSince"u8, queued);
        }

        if (details.GoneSince is { } gone)
        {
            writer.WriteTime("goneSince"u8, gone);
        }
    }

    private void Said(Utf8JsonWriter writer, Summary row, Preview? preview)
    {
        if (preview is null)
        {
            return;
        }

        writer.WriteStartObject("preview"u8);
        writer.WriteString("text"u8, preview.Text);
        writer.WriteStartObject("author"u8);
        writer.WriteString("kind"u8, Word(preview.Author.Kind));
        if (preview.Author is { Kind: AuthorKind.Agent, Id: { } agent })
        {
            writer.WriteId("id"u8, new AgentId(agent));
        }
        else if (preview.Author is { Kind: AuthorKind.Contact, Id: { } contact })
        {
            writer.WriteId("id"u8, new ContactId(contact));
        }

        if (faces(row.Workspace, preview.Author) is { } face)
        {
            Face(writer, face);
        }

        writer.WriteEndObject();
        writer.WriteString("type"u8, preview.Type);
        writer.WriteEndObject();
    }

    private static void Face(Utf8JsonWriter writer, Face face)
    {
        writer.WriteString("name"u8, face.Name);
        if (face.Picture is not null)
        {
            writer.WriteString("picture"u8, face.Picture);
        }
    }

    private static string Word<T>(T value)
        where T : struct, Enum => Words<T>.All[Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture)];

    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly string[] All = [.. Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName)];
    }
}
