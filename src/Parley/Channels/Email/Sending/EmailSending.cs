using System.Globalization;
using Parley.Platform.Keys;
using Parley.Platform.Mail;
using Parley.Platform.Mail.Threads;

namespace Parley.Channels.Email.Sending;

/// <summary>Hands one message over as a mail.</summary>
internal sealed class EmailSending(KeyRing keys, EmailTokens tokens, TimeProvider time)
{
    public async Task<SendOutcome> Send(Outbound outbound, EmailSettings settings, Connection connection, CancellationToken cancel)
    {
        if (settings.Sends(stop => tokens.Of(connection, stop)) is not { } server)
        {
            return new Failure.Misconfigured("There is no server to send by.");
        }

        var id = ThreadNames.MessageId(keys, outbound.Conversation.Value, outbound.Id.Replace("_", "", StringComparison.Ordinal), settings.Domain);
        var text = outbound.Part.Text ?? (outbound.Part.File is { } file ? string.Create(CultureInfo.InvariantCulture, $"{file.Name}: {file.Url}") : "");
        var letter = new Letter(outbound.To, settings.Name ?? settings.Address, text + "\n")
        {
            From = outbound.By ?? settings.Name,
            ReplyTo = ThreadNames.Address(keys, settings.Address, outbound.Conversation.Value),
            MessageId = id,
            Answers = outbound.Answers,
            Origin = outbound.Human ? LetterOrigin.Person : LetterOrigin.Generated,
            Notices = true,
        };
        try
        {
            await new Smtp(server, settings.Address, time).Send(letter, Guid.CreateVersion7(time.GetUtcNow()), cancel);
            return new SendOutcome.Sent(id);
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

    private static Failure Why(MailFailed failed) => failed.Kind switch
    {
        MailRefusal.Throttled => new Failure.Throttled(failed.After, failed.Message),
        MailRefusal.Unreachable => new Failure.Unreachable(failed.Message),
        MailRefusal.RecipientGone => new Failure.RecipientGone(failed.Message),
        MailRefusal.Misconfigured => new Failure.Misconfigured(failed.Message),
        MailRefusal.Unknown => new Failure.OutcomeUnknown(failed.Message),
        _ => new Failure.Rejected(failed.Message),
    };
}
