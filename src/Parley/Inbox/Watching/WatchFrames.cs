using Parley.Contacts;
using Parley.Conversations;
using Parley.Inbox.Lists;

namespace Parley.Inbox.Watching;

/// <summary>Rows as events of the stream, with the names of their contacts.</summary>
internal sealed class WatchFrames(SummaryWire wire, People people)
{
    /// <summary>Finds the names of all rows at once; each frame is written when it is asked for.</summary>
    public async Task<Func<Summary, byte[]>> Write(WorkspaceId workspace, IReadOnlyList<Summary> rows, string cursor)
    {
        var names = rows.Count == 0 ? new Dictionary<ContactId, ContactCard>() : await ContactCard.Of(people, workspace, rows.Select(row => row.Contact));
        return row => StreamFrames.Of("event", (wire, row, contact: names.GetValueOrDefault(row.Contact), cursor), static (writer, frame) =>
        {
            writer.WriteString("cursor"u8, frame.cursor);
            writer.WritePropertyName("summary"u8);
            frame.wire.Write(writer, frame.row, frame.contact, seen: null);
        });
    }

    /// <summary>Whose thread it is, as they are called now. Not resumed: who comes back reads the row.</summary>
    public async Task<byte[]> Contact(WorkspaceId workspace, Summary row)
    {
        var names = await ContactCard.Of(people, workspace, [row.Contact]);
        return StreamFrames.Of("signal", (row, contact: names.GetValueOrDefault(row.Contact)), static (writer, frame) =>
        {
            writer.WriteString("kind"u8, "contact"u8);
            writer.WriteString("conversation"u8, frame.row.Id.ToString());
            SummaryWire.Contact(writer, frame.row, frame.contact);
        });
    }
}
