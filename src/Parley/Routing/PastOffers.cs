using System.Buffers.Binary;
using Parley.Conversations;
using Parley.Log;

namespace Parley.Routing;

/// <summary>
/// Of an offer that nobody remembers any more, which conversation it was: whoever answers it after a restart, or the day after, reads who has that. An id says
/// when it was made, and near that time it stands in the log.
/// </summary>
internal sealed class PastOffers(Offers offers, LogReader log)
{
    /// <summary>So many offers are looked through from then on.</summary>
    private const int Looked = 500;

    /// <summary>Nodes' clocks differ by less.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    /// <returns>Null where there never was one.</returns>
    public async ValueTask<ConversationId?> Find(WorkspaceId workspace, OfferId id)
    {
        if (offers.Conversation(workspace, id) is { } known)
        {
            return known;
        }

        var made = Milliseconds(id);
        if (made == 0)
        {
            return null;
        }

        var from = await log.Before(workspace, DateTimeOffset.FromUnixTimeMilliseconds(made) - Slack);
        var near = await log.OfTypes(workspace, ["offered"], from, Looked);
        return near.Find(entry => entry.Body is Offered offered && offered.Offer == id) is { } found ? new ConversationId(found.Subject.Id) : null;
    }

    /// <summary>RFC 9562: the first 48 bits of a UUIDv7; 0 where that is no time.</summary>
    private static long Milliseconds(OfferId id)
    {
        var time = BinaryPrimitives.ReadInt64BigEndian(id.Bytes) >> 16 & 0xFFFF_FFFF_FFFF;
        return time > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? 0 : time;
    }
}
