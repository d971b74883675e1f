using System.Collections.Immutable;
using System.Text.Json;
using Parley.Platform;
using Parley.Platform.Mail;
using Parley.Platform.Mail.Threads;

namespace Parley.Channels.Email;

/// <summary>A mailbox: where mails are fetched, by which server they go, and in whose name.</summary>
/// <param name="Address">Customers write there, and are answered from there.</param>
/// <param name="Name">As whom they are answered; null: as the brand.</param>
/// <param name="ReceiveHost">Null: nothing is fetched, mails are handed in by a mail server's pipe or a provider's hook.</param>
/// <param name="User">To sign in with; null: the address.</param>
/// <param name="TokenRefresh">Instead of a password: what gives tokens (OAuth 2) at <paramref name="TokenUrl"/>.</param>
/// <param name="Folders">With commas; null: INBOX.</param>
/// <param name="SendHost">Null: as for receiving.</param>
/// <param name="OldMail">So many days back is taken of what lay there before: 0, 7 or 30.</param>
/// <param name="Signature">Stands under what is answered.</param>
/// <param name="Hook">Shows who hands mails in.</param>
/// <param name="LoopPerMinutes">So many mails of one address in ten minutes may be a loop.</param>
/// <param name="Certificate">The certificate (PEM) that the servers show, where no public authority signed it.</param>
internal sealed record EmailSettings(
    string Address,
    string? Name = null,
    string? ReceiveHost = null,
    int? ReceivePort = null,
    MailSecurity ReceiveSecurity = MailSecurity.Tls,
    string? User = null,
    string? Password = null,
    string? TokenUrl = null,
    string? TokenClient = null,
    string? TokenSecret = null,
    string? TokenRefresh = null,
    string? Folders = null,
    string? SendHost = null,
    int? SendPort = null,
    MailSecurity? SendSecurity = null,
    string? SendUser = null,
    string? SendPassword = null,
    string OldMail = "0",
    string? Signature = null,
    string Hook = "",
    int? LoopPerMinutes = null,
    string? Certificate = null)
{
    /// <summary>The domain of the address.</summary>
    public string Domain => Address[(Address.LastIndexOf('@') + 1)..];

    /// <summary>Its address in small letters, without what stands behind a +.</summary>
    public string Bare => MailGuard.Bare(Address);

    public ImmutableArray<string> FolderNames => [.. (Folders ?? "INBOX").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).DefaultIfEmpty("INBOX").Distinct()];

    public TimeSpan? Old => OldMail switch { "7" => TimeSpan.FromDays(7), "30" => TimeSpan.FromDays(30), _ => null };

    /// <summary>One signs in by tokens, and not by a password.</summary>
    public bool HasToken => !string.IsNullOrEmpty(TokenRefresh);

    /// <summary>Where mails are fetched; null: nowhere.</summary>
    /// <param name="token">Gives a token that is good now.</param>
    public MailServer? Receives(Func<CancellationToken, Task<string>>? token) => ReceiveHost is not { Length: > 0 } host ? null
        : new(host, ReceivePort ?? (ReceiveSecurity == MailSecurity.Tls ? 993 : 143), ReceiveSecurity) { User = User ?? Address, Password = Password, Token = HasToken ? token : null, Pem = Certificate };

    /// <summary>By which server mails go out; null: nobody said.</summary>
    public MailServer? Sends(Func<CancellationToken, Task<string>>? token)
    {
        if ((SendHost ?? ReceiveHost) is not { Length: > 0 } host)
        {
            return null;
        }

        var (security, password) = (SendSecurity ?? (SendPort is { } said && Platform.Mail.Setup.MailProviders.Usual(said) is { } usual ? usual : MailSecurity.Tls), SendPassword ?? Password);
        return new(host, SendPort ?? (security == MailSecurity.Tls ? 465 : 587), security)
        {
            // A server that takes mails from this machine without a name is given none.
            User = SendUser ?? (password is null && !HasToken ? null : User ?? Address),
            Password = password,
            Token = HasToken && SendPassword is null ? token : null,
            Pem = Certificate,
        };
    }

    public static readonly ImmutableArray<Field> Fields =
    [
        new("address", SettingKind.Text, Texts("E-mail address", "E-Mail-Adresse", "E-mailadres", "Dirección de correo"), Texts(
            "Customers write there, and are answered from there.", "Kunden schreiben dorthin und bekommen von dort Antwort.", "Klanten schrijven daarheen en krijgen daarvandaan antwoord.", "Los clientes escriben allí y se les responde desde allí."), Required: true) { Example = "support@example.org" },
        new("name", SettingKind.Text, Texts("Name of the sender", "Name des Absenders", "Naam van de afzender", "Nombre del remitente"), Texts(
            "Empty: the brand's. Before it stands who answers.", "Leer: der der Marke. Davor steht, wer antwortet.", "Leeg: die van het merk. Ervoor staat wie antwoordt.", "Vacío: el de la marca. Delante figura quien responde.")),
        new("receiveHost", SettingKind.Text, Texts("Server for receiving (IMAP)", "Server zum Empfangen (IMAP)", "Server voor ontvangen (IMAP)", "Servidor para recibir (IMAP)"), Texts(
            "Empty: a mail server hands mails in.", "Leer: ein Mailserver übergibt die Mails.", "Leeg: een mailserver levert de mails af.", "Vacío: un servidor de correo entrega los mensajes.")) { Example = "imap.example.org" },
        new("receivePort", SettingKind.Number, Texts("Port for receiving", "Port zum Empfangen", "Poort voor ontvangen", "Puerto para recibir"), Texts("Empty: the usual one.", "Leer: der übliche.", "Leeg: de gebruikelijke.", "Vacío: el habitual.")),
        Security("receiveSecurity", Texts("Encryption for receiving", "Verschlüsselung beim Empfangen", "Versleuteling bij ontvangen", "Cifrado al recibir")) with { Default = Json("tls") },
        new("user", SettingKind.Text, Texts("User name", "Benutzername", "Gebruikersnaam", "Nombre de usuario"), Texts("Empty: the address.", "Leer: die Adresse.", "Leeg: het adres.", "Vacío: la dirección.")),
        new("password", SettingKind.Secret, Texts("Password", "Passwort", "Wachtwoord", "Contraseña")),
        new("tokenUrl", SettingKind.Url, Texts("Token address (OAuth 2)", "Token-Adresse (OAuth 2)", "Tokenadres (OAuth 2)", "Dirección de tokens (OAuth 2)"), Texts(
            "Only where one signs in without a password.", "Nur wo man sich ohne Passwort anmeldet.", "Alleen waar men zonder wachtwoord aanmeldt.", "Solo donde se entra sin contraseña.")),
        new("tokenClient", SettingKind.Text, Texts("Client ID", "Client-ID", "Client-ID", "ID de cliente")),
        new("tokenSecret", SettingKind.Secret, Texts("Client secret", "Client-Geheimnis", "Clientgeheim", "Secreto de cliente")),
        new("tokenRefresh", SettingKind.Secret, Texts("Refresh token", "Refresh-Token", "Refresh-token", "Token de actualización")),
        new("folders", SettingKind.Text, Texts("Folders", "Ordner", "Mappen", "Carpetas"), Texts(
            "With commas. Empty: INBOX.", "Mit Kommas. Leer: INBOX.", "Met komma's. Leeg: INBOX.", "Con comas. Vacío: INBOX.")),
        new("oldMail", SettingKind.Choice, Texts("Mail that lies there already", "Mail, die schon dort liegt", "Mail die er al ligt", "Correo que ya está allí"), Texts(
            "Never answered automatically.", "Wird nie automatisch beantwortet.", "Wordt nooit automatisch beantwoord.", "Nunca se responde automáticamente."))
            {
                Default = Json("0"),
                Options =
                [
                    new("0", Texts("Leave it there", "Dort lassen", "Daar laten", "Dejarlo allí")),
                    new("7", Texts("The last 7 days", "Die letzten 7 Tage", "De laatste 7 dagen", "Los últimos 7 días")),
                    new("30", Texts("The last 30 days", "Die letzten 30 Tage", "De laatste 30 dagen", "Los últimos 30 días")),
                ],
            },
        new("sendHost", SettingKind.Text, Texts("Server for sending (SMTP)", "Server zum Senden (SMTP)", "Server voor verzenden (SMTP)", "Servidor para enviar (SMTP)"), Texts(
            "Empty: as for receiving.", "Leer: wie beim Empfangen.", "Leeg: als bij ontvangen.", "Vacío: como al recibir.")) { Example = "smtp.example.org" },
        new("sendPort", SettingKind.Number, Texts("Port for sending", "Port zum Senden", "Poort voor verzenden", "Puerto para enviar"), Texts("Empty: the usual one.", "Leer: der übliche.", "Leeg: de gebruikelijke.", "Vacío: el habitual.")),
        Security("sendSecurity", Texts("Encryption for sending", "Verschlüsselung beim Senden", "Versleuteling bij verzenden", "Cifrado al enviar")),
        new("sendUser", SettingKind.Text, Texts("User name for sending", "Benutzername zum Senden", "Gebruikersnaam voor verzenden", "Usuario para enviar"), Texts("Empty: as for receiving.", "Leer: wie beim Empfangen.", "Leeg: als bij ontvangen.", "Vacío: como al recibir.")),
        new("sendPassword", SettingKind.Secret, Texts("Password for sending", "Passwort zum Senden", "Wachtwoord voor verzenden", "Contraseña para enviar")),
        new("signature", SettingKind.Text, Texts("Signature", "Signatur", "Handtekening", "Firma"), Texts(
            "Stands under every answer.", "Steht unter jeder Antwort.", "Staat onder elk antwoord.", "Aparece bajo cada respuesta.")),
        new("certificate", SettingKind.Text, Texts("Certificate (PEM)", "Zertifikat (PEM)", "Certificaat (PEM)", "Certificado (PEM)"), Texts(
            "Its text; only where no public authority signed it.", "Sein Text; nur wo es keine öffentliche Stelle signiert hat.", "De tekst ervan; alleen waar geen openbare instantie het ondertekende.", "Su texto; solo si ninguna autoridad pública lo firmó.")) { Longest = MailServer.LongestPem },
        new("loopPerMinutes", SettingKind.Number, Texts("Loop guard", "Schleifenschutz", "Lusbeveiliging", "Protección contra bucles"), Texts(
            "After so many mails of one address in ten minutes no program answers it. Empty: 10.", "Nach so vielen Mails einer Adresse in zehn Minuten antwortet kein Programm. Leer: 10.", "Na zoveel mails van één adres in tien minuten antwoordt geen programma. Leeg: 10.", "Tras tantos mensajes de una dirección en diez minutos, ningún programa responde. Vacío: 10.")),
        new("hook", SettingKind.Made, Texts("Secret for handing mails in", "Geheimnis zum Übergeben von Mails", "Geheim om mails af te leveren", "Secreto para entregar mensajes"), Texts(
            "A mail server or provider shows it as a bearer token or as the password of basic authentication.", "Ein Mailserver oder Anbieter zeigt es als Bearer-Token oder als Passwort (Basic).", "Een mailserver of provider toont het als bearer-token of als wachtwoord (basic).", "Un servidor o proveedor lo muestra como token Bearer o como contraseña (Basic).")),
    ];

    private static Field Security(string name, LocalText label) => new(name, SettingKind.Choice, label)
    {
        Options =
        [
            new("tls", Texts("From the first byte", "Ab dem ersten Byte", "Vanaf de eerste byte", "Desde el primer byte")),
            new("startTls", Texts("After the greeting (STARTTLS)", "Nach der Begrüßung (STARTTLS)", "Na de begroeting (STARTTLS)", "Tras el saludo (STARTTLS)")),
            new("none", Texts("None, on this machine only", "Keine, nur auf dieser Maschine", "Geen, alleen op deze machine", "Ninguno, solo en esta máquina")),
        ],
    };

    private static JsonElement Json(string value) => JsonSerializer.SerializeToElement(value);

    internal static LocalText Texts(string en, string de, string nl, string es) => new([new("en", en), new("de", de), new("nl", nl), new("es", es)]);
}
