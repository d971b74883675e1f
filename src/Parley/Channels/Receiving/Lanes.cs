using System.Globalization;

namespace Parley.Channels.Receiving;

/// <summary>
/// What came to one inbox, parted into what has to be worked one after the other. Mails of different people that name nothing in common go beside each other; of what hangs together,
/// and of channels that are no mail, what came first goes first.
/// </summary>
internal static class Lanes
{
    private const string All = "all";

    /// <returns>The indexes of each lane, in order.</returns>
    public static IReadOnlyList<IReadOnlyList<int>> Of(IReadOnlyList<IReadOnlyList<Inbound>> some)
    {
        var plain = some.SelectMany(items => items).Any(item => item is not (InboundMessage { Mail: not null } or InboundReceipt or InboundUnknown));
        var (lanes, by) = (new List<List<int>>(), new Dictionary<string, List<int>>(StringComparer.OrdinalIgnoreCase));
        for (var index = 0; index < some.Count; index++)
        {
            // Where messages have no names what is told of one is behind all of them, or it would be told too early.
            var names = some[index].SelectMany(item => plain && item is InboundReceipt ? [All] : Names(item)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            var own = new List<int> { index };
            foreach (var lane in names.Select(name => by.GetValueOrDefault(name)).OfType<List<int>>().Distinct().ToList())
            {
                own.AddRange(lane);
                lanes.Remove(lane);
            }

            own.Sort();
            lanes.Add(own);
            foreach (var name in by.Where(pair => own.Contains(pair.Value[0])).Select(pair => pair.Key).Concat(names).ToList())
            {
                by[name] = own;
            }
        }

        return lanes;
    }

    /// <summary>What it has in common with others that belong to the same thread, or to the same person.</summary>
    private static IEnumerable<string> Names(Inbound item) => item switch
    {
        InboundMessage { Mail: { } mail } it => mail.Ties.Answers.Concat(mail.Ties.Addressed).Select(Thread)
            .Concat(mail.Ties.References.Concat(it.Answers).Append(it.Name ?? it.Key).Select(name => $"id {name}"))
            .Append($"from {it.From.Address.Trim()}"),
        InboundReceipt it => new[] { $"id {it.Message}", it.Conversation is { } about ? Thread(about.Value) : null }.OfType<string>(),
        InboundUnknown => [],
        _ => [All],
    };

    private static string Thread(Guid thread) => string.Create(CultureInfo.InvariantCulture, $"thread {thread:N}");
}
