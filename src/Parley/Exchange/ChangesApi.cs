using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Exchange;

/// <summary>The workspace's log in the order of commits, for programs that follow it at their own pace.</summary>
internal static class ChangesApi
{
    private const string Kind = "changes";
    private const int PageSize = 100;
    private const int PageLimit = 1_000;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/changes", Changes).RequireAgent(Role.Admin, Scopes.Read).WithTags("Exchange").WithName("listChanges").MayTakeLong();

    private static async Task<IResult> Changes(HttpContext http, LogReader log, EntryWire wire, Cursors cursors, string? after = null, int limit = PageSize)
    {
        var who = http.Principal();
        var (head, epoch) = (await log.Head(who.Workspace))!.Value;
        var position = 0L;
        if (after is not null)
        {
            if (cursors.Read<Place>(Kind, epoch, after) is not { } cursor)
            {
                return Problems.Of(Cursors.Invalid);
            }

            if (!cursor.Current)
            {
                return Problems.Of("log.restored", "The store was restored since. Begin anew: what this cursor stands for may never have happened.", StatusCodes.Status410Gone);
            }

            position = cursor.Place.Position;
        }

        var entries = await log.After(who.Workspace, position, Math.Clamp(limit, 1, PageLimit));
        var next = cursors.Write(Kind, epoch, new Place(entries.Count == 0 ? position : entries[^1].Position));
        return Results.Bytes(Page([.. entries.Where(entry => Access.May(who, entry))], wire, next, cursors.Write(Kind, epoch, new Place(head))), "application/json; charset=utf-8");
    }

    private static byte[] Page(IReadOnlyList<Entry> entries, EntryWire wire, string next, string head)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Json.Options.Encoder, SkipValidation = true }))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("items"u8);
            foreach (var entry in entries)
            {
                wire.Write(writer, entry, Audience.Agent, own: false);
            }

            writer.WriteEndArray();
            writer.WriteString("next"u8, next);
            writer.WriteString("head"u8, head);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private sealed record Place(long Position);
}
