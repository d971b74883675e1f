using Parley.Platform;

namespace Parley.Channels.Receiving;

/// <summary>
/// Makes what a provider told fit for a store, whatever the channel: words lose what no store keeps (a NUL, half a character), and what bears it in a name or an address, or a name
/// longer than any index takes, is nothing that can be read. One such piece would stand still for ever, and all behind it.
/// </summary>
internal static class Tidying
{
    private const int LongestName = 400;

    public static Inbound Of(Inbound item)
    {
        var key = item.Key is { Length: > 0 } named ? Words.Clean(Cut(named)) : "?";
        return item switch
        {
            InboundUnknown unknown => new InboundUnknown(key, Words.Clean(Cut(unknown.What))),
            _ when !Fits(item.Key) => new InboundUnknown(key, "id.invalid"),
            InboundMessage message when !Fits(message.From.Address) => new InboundUnknown(key, "address.invalid"),
            InboundMessage message => message with
            {
                From = new Sender(message.From.Address, Clean(message.From.Name), Clean(message.From.Language)),
                Text = Clean(message.Text),
                Name = Fits(message.Name) ? message.Name : null,
                Choice = Clean(message.Choice),
                Answers = [.. message.Answers.Where(Fits)],
            },
            InboundReceipt receipt when !Fits(receipt.Message) => new InboundUnknown(key, "of.invalid"),
            InboundEcho echo when !Fits(echo.To) => new InboundUnknown(key, "address.invalid"),
            InboundEcho echo => echo with { Text = Words.Clean(echo.Text) },
            _ => item,
        };
    }

    private static bool Fits(string? name) => name is { Length: > 0 and <= LongestName } && Words.Clean(name) == name;

    private static string? Clean(string? text) => text is null ? null : Words.Clean(text);

    private static string Cut(string text) => text.Length > LongestName ? text[..LongestName] : text;
}
