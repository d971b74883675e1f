namespace Parley.Platform.Mail.Setup;

/// <summary>How one signs in at a provider.</summary>
public enum MailEntry
{
    /// <summary>By the password of the mailbox.</summary>
    Password,

    /// <summary>By a password that is made there for programs.</summary>
    AppPassword,

    /// <summary>By the provider's own page alone (OAuth 2).</summary>
    Token,
}

/// <summary>A server, its port and how it is private.</summary>
public sealed record MailPlace(string Host, int Port, MailSecurity Security);

/// <summary>What a mailbox's settings are likely to be.</summary>
/// <param name="Provider">Who it is with; null: nobody knows, and the servers are a guess.</param>
/// <param name="User">The name to sign in with.</param>
public sealed record MailProposal(string? Provider, MailPlace Receive, MailPlace Send, string User, MailEntry Entry);

/// <summary>From an address to the servers of its mailbox: known providers by their domains, and by the servers that take mail for a domain of one's own.</summary>
public static class MailProviders
{
    private sealed record Provider(string Name, MailPlace Receive, MailPlace Send, MailEntry Entry, string[] Domains, string[] Exchanges)
    {
        /// <summary>Whether one signs in with what stands before the @ alone.</summary>
        public bool Local { get; init; }
    }

    private static readonly Provider[] All =
    [
        Of("Gmail", "imap.gmail.com", "smtp.gmail.com", 465, MailEntry.AppPassword, "gmail.com googlemail.com", "google.com googlemail.com"),
        Of("Microsoft 365", "outlook.office365.com", "smtp.office365.com", 587, MailEntry.Token, "outlook.com outlook.de outlook.es outlook.fr hotmail.com hotmail.de hotmail.es hotmail.fr hotmail.co.uk hotmail.nl live.com live.de live.nl msn.com", "mail.protection.outlook.com"),
        Of("Yahoo", "imap.mail.yahoo.com", "smtp.mail.yahoo.com", 465, MailEntry.AppPassword, "yahoo.com yahoo.de yahoo.es yahoo.fr yahoo.co.uk yahoo.it ymail.com rocketmail.com", "yahoodns.net"),
        Of("AOL", "imap.aol.com", "smtp.aol.com", 465, MailEntry.AppPassword, "aol.com aol.de aol.co.uk", ""),
        Of("iCloud", "imap.mail.me.com", "smtp.mail.me.com", 587, MailEntry.AppPassword, "icloud.com me.com mac.com", "mail.icloud.com"),
        Of("GMX", "imap.gmx.net", "mail.gmx.net", 465, MailEntry.Password, "gmx.net gmx.de gmx.at gmx.ch gmx.org", "gmx.net"),
        Of("GMX", "imap.gmx.com", "mail.gmx.com", 465, MailEntry.Password, "gmx.com gmx.us gmx.co.uk gmx.es gmx.fr", ""),
        Of("WEB.DE", "imap.web.de", "smtp.web.de", 587, MailEntry.Password, "web.de email.de", "web.de"),
        Of("T-Online", "secureimap.t-online.de", "securesmtp.t-online.de", 465, MailEntry.AppPassword, "t-online.de magenta.de", "t-online.de"),
        Of("freenet", "mx.freenet.de", "mx.freenet.de", 587, MailEntry.Password, "freenet.de", ""),
        Of("Posteo", "posteo.de", "posteo.de", 465, MailEntry.Password, "posteo.de posteo.net posteo.org posteo.eu posteo.es posteo.nl posteo.at posteo.ch", ""),
        Of("mailbox.org", "imap.mailbox.org", "smtp.mailbox.org", 465, MailEntry.Password, "mailbox.org", "mailbox.org"),
        Of("IONOS", "imap.ionos.de", "smtp.ionos.de", 465, MailEntry.Password, "", "kundenserver.de ionos.de"),
        Of("IONOS", "imap.ionos.com", "smtp.ionos.com", 465, MailEntry.Password, "", "1and1.com ionos.com"),
        Of("IONOS", "imap.ionos.es", "smtp.ionos.es", 465, MailEntry.Password, "", "ionos.es 1and1.es"),
        Of("STRATO", "imap.strato.de", "smtp.strato.de", 465, MailEntry.Password, "", "rzone.de strato.de"),
        Of("Fastmail", "imap.fastmail.com", "smtp.fastmail.com", 465, MailEntry.AppPassword, "fastmail.com fastmail.fm", "messagingengine.com"),
        Of("Zoho", "imappro.zoho.com", "smtppro.zoho.com", 465, MailEntry.AppPassword, "", "zoho.com"),
        Of("Zoho", "imappro.zoho.eu", "smtppro.zoho.eu", 465, MailEntry.AppPassword, "", "zoho.eu"),
        Of("Zoho", "imap.zoho.com", "smtp.zoho.com", 465, MailEntry.AppPassword, "zoho.com zohomail.com", ""),
        Of("Zoho", "imap.zoho.eu", "smtp.zoho.eu", 465, MailEntry.AppPassword, "zohomail.eu", ""),
        Of("Yandex", "imap.yandex.com", "smtp.yandex.com", 465, MailEntry.AppPassword, "yandex.com yandex.ru ya.ru", "yandex.net yandex.ru"),
        Of("Mail.ru", "imap.mail.ru", "smtp.mail.ru", 465, MailEntry.AppPassword, "mail.ru inbox.ru list.ru bk.ru", "mail.ru"),
        Of("OVHcloud", "ssl0.ovh.net", "ssl0.ovh.net", 465, MailEntry.Password, "", "mail.ovh.net ovh.net"),
        Of("Gandi", "mail.gandi.net", "mail.gandi.net", 465, MailEntry.Password, "", "gandi.net"),
        Of("Infomaniak", "mail.infomaniak.com", "mail.infomaniak.com", 465, MailEntry.Password, "", "infomaniak.ch"),
        Of("Hostinger", "imap.hostinger.com", "smtp.hostinger.com", 465, MailEntry.Password, "", "hostinger.com"),
        Of("Namecheap", "mail.privateemail.com", "mail.privateemail.com", 465, MailEntry.Password, "", "privateemail.com registrar-servers.com"),
        Of("one.com", "imap.one.com", "send.one.com", 465, MailEntry.Password, "", "one.com"),
        Of("TransIP", "imap.transip.email", "smtp.transip.email", 465, MailEntry.Password, "", "transip.email"),
        Of("Ziggo", "imap.ziggo.nl", "smtp.ziggo.nl", 587, MailEntry.Password, "ziggo.nl", "ziggo.nl"),
        Of("KPN", "imap.kpnmail.nl", "smtp.kpnmail.nl", 587, MailEntry.Password, "kpnmail.nl", "kpnmail.nl"),
        Of("Orange", "imap.orange.fr", "smtp.orange.fr", 465, MailEntry.Password, "orange.fr wanadoo.fr", "orange.fr") with { Local = true },
        Of("Free", "imap.free.fr", "smtp.free.fr", 465, MailEntry.Password, "free.fr", "free.fr") with { Local = true },
        Of("La Poste", "imap.laposte.net", "smtp.laposte.net", 465, MailEntry.Password, "laposte.net", "laposte.net") with { Local = true },
        Of("Libero", "imapmail.libero.it", "smtp.libero.it", 465, MailEntry.Password, "libero.it", "libero.it"),
    ];

    /// <summary>The provider of an address; null: nobody knows, and <see cref="Guesses"/> may.</summary>
    /// <param name="exchanges">Servers that take mail for its domain (MX), where somebody asked.</param>
    public static MailProposal? Known(string address, IReadOnlyList<string>? exchanges = null)
    {
        if (Domain(address) is not { } domain)
        {
            return null;
        }

        var found = All.FirstOrDefault(provider => provider.Domains.Contains(domain))
            ?? (exchanges ?? []).Select(exchange => exchange.Trim().TrimEnd('.').ToLowerInvariant()).Select(exchange => All.FirstOrDefault(provider => provider.Exchanges.Any(known => exchange == known || exchange.EndsWith($".{known}", StringComparison.Ordinal)))).FirstOrDefault(provider => provider is not null);
        return found is null ? null : new(found.Name, found.Receive, found.Send, found.Local ? address.Trim()[..address.Trim().LastIndexOf('@')] : address.Trim(), found.Entry);
    }

    /// <summary>What servers are usually called, the likeliest first; none: it is no address.</summary>
    public static IReadOnlyList<MailProposal> Guesses(string address) => Domain(address) is not { } domain ? []
        : [.. from hosts in new[] { ("imap.", "smtp."), ("mail.", "mail."), ("", "") }
              select new MailProposal(null, new($"{hosts.Item1}{domain}", 993, MailSecurity.Tls), new($"{hosts.Item2}{domain}", 465, MailSecurity.Tls), address.Trim(), MailEntry.Password)];

    /// <summary>How a port is usually private; null: that port says nothing.</summary>
    public static MailSecurity? Usual(int port) => port switch { 993 or 465 => MailSecurity.Tls, 143 or 587 or 25 => MailSecurity.StartTls, _ => null };

    /// <summary>Whose server this is, by its name; null: nobody knows.</summary>
    internal static MailEntry? EntryOf(string host) => All.FirstOrDefault(provider => provider.Receive.Host.Equals(host, StringComparison.OrdinalIgnoreCase) || provider.Send.Host.Equals(host, StringComparison.OrdinalIgnoreCase))?.Entry;

    private static string? Domain(string address) => address.Trim() is var trimmed && trimmed.LastIndexOf('@') is > 0 and var at && trimmed[(at + 1)..].ToLowerInvariant() is { Length: > 3 and <= 253 } domain && domain.Contains('.')
        && domain.All(letter => char.IsLetterOrDigit(letter) || letter is '.' or '-') && !domain.StartsWith('.') && !domain.EndsWith('.') ? domain : null;

    private static Provider Of(string name, string receive, string send, int port, MailEntry entry, string domains, string exchanges) => new(
        name, new(receive, 993, MailSecurity.Tls), new(send, port, Usual(port)!.Value), entry, domains.Split(' ', StringSplitOptions.RemoveEmptyEntries), exchanges.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
