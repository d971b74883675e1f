using System.Globalization;
using NodaTime;

namespace Parley.Channels.Email.Sending;

/// <summary>What stands around words in a mail, as mail programs say it, so that others find again where a quote begins.</summary>
internal static class MailWords
{
    /// <summary>Above what is quoted: when somebody wrote it, and who.</summary>
    public static string Wrote(string language, LocalDateTime at, string who)
    {
        var (day, clock) = (at.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture), at.ToString("HH:mm", CultureInfo.InvariantCulture));
        return language switch
        {
            "de" => $"Am {day} um {clock} schrieb {who}:",
            "nl" => $"Op {day} om {clock} schreef {who}:",
            "es" => $"El {day} a las {clock}, {who} escribió:",
            _ => $"On {day} at {clock}, {who} wrote:",
        };
    }

    /// <summary>What a mail is about of which nobody said it.</summary>
    public static string About(string language, string brand) => language switch
    {
        "de" => $"Ihre Unterhaltung mit {brand}",
        "nl" => $"Uw gesprek met {brand}",
        "es" => $"Su conversación con {brand}",
        _ => $"Your conversation with {brand}",
    };
}
