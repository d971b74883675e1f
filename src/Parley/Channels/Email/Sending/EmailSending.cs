using System.Security.Cryptography;
using System.Text;
using Parley.Platform.Mail;

namespace Parley.Channels.Email.Sending;

/// <summary>Hands one message over as a mail.</summary>
internal sealed class EmailSending(Gathering gathering, EmailTokens tokens, MailSettings installation, SmtpLines lines, TimeProvider time)
{
    private static readonly Failure Unserved = new Failure.Misconfigured("There is no server to send by.");

    private static readonly Failure Unasked = new Failure.Rejected("A program wrote the mail that this answers: no program answers it.");

    public async Task<SendOutcome> Send(Outbound outbound, EmailSettings settings, Connection connection, CancellationToken cancel)
    {
        if (ServerOf(settings, connection) is not { } server)
        {
            return Unserved;
        }

        var sender = new MailSender(settings.Address, settings.Name ?? "", settings.Signature);
        MailScene? scene;
        try
        {
            scene = await gathering.Of(outbound, connection, sender, PartOf(outbound));
        }
        catch (Exception error) when (error is System.Data.Common.DbException or IOException)
        {
            // The store would not; nothing was sent.
            return new Failure.Unreachable(error.Message);
        }

        if (scene is null)
        {
            return new Failure.Rejected("Its conversation is gone.");
        }

        // Two programs that answer each other do so for ever.
        if (!outbound.Human && scene.Mails.IsAutomatic)
        {
            return Unasked;
        }

        try
        {
            var letter = LetterMaking.Of(outbound, scene);
            var taken = await new Smtp(server, settings.Address, time, lines).Send(letter, IdOf(outbound), cancel);
            return new SendOutcome.Sent(scene.MessageId, taken.Refused.Count == 0 ? null : string.Join('\n', taken.Refused.Select(one => $"{one.Address}: {one.Why}"))) { Lacking = [.. taken.Refused.Select(one => one.Address)] };
        }
        catch (MailFailed failed)
        {
            return Why(failed);
        }
        catch (MailServerFailed failed)
        {
            return new Failure.Misconfigured(failed.Message);
        }
    }

    /// <summary>Where none is said, the installation's own server takes mails of any address of the company.</summary>
    public MailServer? ServerOf(EmailSettings settings, Connection connection) =>
        tokens.Held(settings.Sends(stop => tokens.Of(connection, stop)), connection) ?? (installation.Set ? installation.Server : null);

    internal static Failure Why(MailFailed failed) => failed.Kind switch
    {
        MailRefusal.Throttled => new Failure.Throttled(failed.After, failed.Message),
        MailRefusal.Unreachable => new Failure.Unreachable(failed.Message),
        MailRefusal.RecipientGone => new Failure.RecipientGone(failed.Message),
        // What was said to one letter may be said of its recipient: it stops nobody else's.
        MailRefusal.Misconfigured => new Failure.Misconfigured(failed.Message, Sure: failed.ForAll),
        MailRefusal.Unknown => new Failure.OutcomeUnknown(failed.Message),
        _ => new Failure.Rejected(failed.Message),
    };

    /// <summary>The same each time that it is sent.</summary>
    private static Guid IdOf(Outbound outbound) => new(SHA256.HashData(Encoding.UTF8.GetBytes(outbound.Id)).AsSpan(0, 16));

    /// <summary>A second piece of one message is another mail.</summary>
    private static int PartOf(Outbound outbound) => outbound.Id.Split('.') is [_, var part] && int.TryParse(part, out var number) ? number - 1 : 0;
}
