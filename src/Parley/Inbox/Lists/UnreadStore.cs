using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;

namespace Parley.Inbox.Lists;

/// <summary>How many words of ours a customer has not read. Counted from the thread, for few threads have any and none has many.</summary>
internal sealed class UnreadStore(Database database)
{
    private const int Shown = 100;

    public async Task<Dictionary<ConversationId, long>> Count(IEnumerable<(ConversationId Id, long Seen)> threads) => await database.Read(async session =>
    {
        var counts = new Dictionary<ConversationId, long>();
        foreach (var (id, seen) in threads)
        {
            // The author's first byte is its kind; the customer's own words are never new to them.
            counts[id] = await session.One<long>(
                """
                select count(*) from (
                    select 1 from entries where subject = @subject and seq > @seen and type = 'message' and visibility = 0
                    and not (author >= @from and author < @to) order by seq limit @Shown) as unread
                """,
                new { subject = Conversation.Subject(id).Bytes, seen, from = new byte[] { (byte)AuthorKind.Contact }, to = new byte[] { (byte)AuthorKind.Contact + 1 }, Shown });
        }

        return counts;
    });
}
