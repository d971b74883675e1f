using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Parley.Contacts;
using Parley.Inbox.Lists;
using Parley.Platform;
using Parley.Workspaces;

namespace Parley.Inbox.Searching;

/// <summary>What was found, as it travels.</summary>
internal sealed class FoundWire(ListReading lists, SummaryWire wire, People people)
{
    /// <param name="persons">Null: not asked for, as on every page but the first.</param>
    public async Task<IResult> Write(Principal who, IReadOnlyList<FoundText> texts, string? next, IReadOnlyList<FoundPerson>? persons, string? morePersons)
    {
        var write = await Rows(who, [.. texts.Select(text => text.Row), .. (persons ?? []).Select(person => person.Newest)]);
        return new WrittenJson(writer =>
        {
            writer.WriteStartObject();
            if (persons is not null)
            {
                Persons(writer, "people", persons, write);
                WrittenJson.Next(writer, morePersons, "peopleNext");
            }

            writer.WriteStartArray("items"u8);
            foreach (var text in texts)
            {
                writer.WriteStartObject();
                writer.WritePropertyName("conversation"u8);
                write(writer, text.Row);
                writer.WriteNumber("seq"u8, text.Seq);
                writer.WriteTime("at"u8, text.At);
                writer.WriteString("snippet"u8, text.Snippet);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            WrittenJson.Next(writer, next);
            writer.WriteEndObject();
        });
    }

    public async Task<IResult> Write(Principal who, IReadOnlyList<FoundPerson> persons, string? next)
    {
        var write = await Rows(who, [.. persons.Select(person => person.Newest)]);
        return new WrittenJson(writer =>
        {
            writer.WriteStartObject();
            Persons(writer, "items", persons, write);
            WrittenJson.Next(writer, next);
            writer.WriteEndObject();
        });
    }

    private static void Persons(Utf8JsonWriter writer, string name, IReadOnlyList<FoundPerson> persons, Action<Utf8JsonWriter, Summary> write)
    {
        writer.WriteStartArray(name);
        foreach (var (profile, newest, snippet) in persons)
        {
            writer.WriteStartObject();
            writer.WriteStartObject("contact"u8);
            writer.WriteString("id"u8, profile.Id.ToString());
            Optional(writer, "name", profile.Name);
            Optional(writer, "email", profile.Email);
            Optional(writer, "phone", profile.Phone);
            writer.WriteBoolean("verified"u8, profile.Verified);
            writer.WriteEndObject();
            writer.WritePropertyName("conversation"u8);
            write(writer, newest);
            writer.WriteString("snippet"u8, snippet);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Optional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private async Task<Action<Utf8JsonWriter, Summary>> Rows(Principal who, IReadOnlyList<Summary> rows)
    {
        var names = await ContactCard.Of(people, who.Workspace, rows.Select(row => row.Contact));
        var seen = await lists.Seen(who.Author, rows.DistinctBy(row => row.Id));
        return (writer, row) => wire.Write(writer, row, names.GetValueOrDefault(row.Contact), seen.GetValueOrDefault(row.Id));
    }
}
