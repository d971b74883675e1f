using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Channels.Api;
using Parley.Channels.Receiving;

namespace Parley.Channels.Email.Reading;

/// <summary>Mails that are handed in: raw, from a mail server's pipe, and as Postmark posts them.</summary>
internal static class EmailHooks
{
    public const string Mime = "mime";
    public const string Postmark = "postmark";

    public static void Map(IEndpointRouteBuilder routes) => ReceivingApi.Also(routes, Mime, "receiveMail");

    /// <summary>The mail in a request, as it travels; null: there is none.</summary>
    public static ReadOnlyMemory<byte>? Mail(RawRequest request)
    {
        if (request.Path != Postmark)
        {
            // One byte of a header at least, or it is nothing that was a mail.
            return request.Body.Span.IndexOf((byte)':') > 0 ? request.Body : (ReadOnlyMemory<byte>?)null;
        }

        try
        {
            return JsonSerializer.Deserialize<Posted>(request.Body.Span, Lenient) is { } posted && (posted.RawEmail ?? (object?)posted.From ?? posted.TextBody ?? posted.HtmlBody) is not null ? posted.Mail() : (ReadOnlyMemory<byte>?)null;
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>As a mail is kept, whichever way it was handed in: taken out of what was around it, and without the largest of its files where it is too large.</summary>
    public static RawRequest Kept(ReadOnlyMemory<byte> mail)
    {
        using var stream = Arrivals.Open(mail);
        return new("POST", Mime, ImmutableSortedDictionary<string, string>.Empty, ImmutableSortedDictionary<string, string>.Empty, mail.Length > EmailPacking.Whole ? EmailPacking.Slim(stream) : mail);
    }

    private static readonly JsonSerializerOptions Lenient = new() { PropertyNameCaseInsensitive = true };

    private sealed record Header(string? Name, string? Value);

    private sealed record Attachment(string? Name, byte[]? Content, string? ContentType, string? ContentID);

    /// <summary>As https://postmarkapp.com/developer/webhooks/inbound-webhook has it.</summary>
    private sealed record Posted(
        string? From, string? To, string? Cc, string? OriginalRecipient, string? ReplyTo, string? Subject, string? MessageID, string? Date, string? TextBody, string? HtmlBody, [property: JsonConverter(typeof(Utf8))] byte[]? RawEmail,
        IReadOnlyList<Header>? Headers, IReadOnlyList<Attachment>? Attachments)
    {
        /// <summary>What the fields say already, or what would say something else of how the mail is put together.</summary>
        private static readonly string[] Own = ["from", "to", "cc", "subject", "date", "reply-to", "mime-version", "content-type", "content-transfer-encoding", "content-disposition", "content-id"];

        public ReadOnlyMemory<byte> Mail()
        {
            // It may have been for an address that stands nowhere in the mail.
            var envelope = Line("X-Original-To", OriginalRecipient);
            if (RawEmail is not null)
            {
                return envelope.Length == 0 ? RawEmail : (byte[])[.. Encoding.UTF8.GetBytes(envelope), .. RawEmail];
            }

            var others = (Headers ?? []).Where(header => header.Name is { Length: > 0 } name && name.All(letter => letter is > ' ' and <= '~' and not ':') && !Own.Contains(name.ToLowerInvariant())).ToList();
            var head = new StringBuilder(envelope)
                .Append(Line("From", From)).Append(Line("To", To)).Append(Line("Cc", Cc)).Append(Line("Reply-To", ReplyTo)).Append(Line("Subject", Subject)).Append(Line("Date", Date))
                .Append(string.Concat(others.Select(header => Line(header.Name!, header.Value))));
            if (!others.Exists(header => header.Name!.Equals("Message-ID", StringComparison.OrdinalIgnoreCase)) && MessageID is { Length: > 0 })
            {
                head.Append(Line("Message-ID", $"<{MessageID}@inbound.postmarkapp.com>"));
            }

            return EmailPacking.Pack(head.ToString(), TextBody, HtmlBody, (Attachments ?? []).Select(one => new PackedFile(one.Name, one.ContentType, one.ContentID, one.Content ?? [])));
        }

        private static string Line(string name, string? value) => string.IsNullOrWhiteSpace(value) ? "" : $"{name}: {value.ReplaceLineEndings(" ")}\r\n";
    }

    /// <summary>A long text as its bytes, which is half of what it takes as text.</summary>
    private sealed class Utf8 : JsonConverter<byte[]>
    {
        public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String)
            {
                throw new JsonException();
            }

            var bytes = new byte[reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length];
            var length = reader.CopyString(bytes);
            return length == bytes.Length ? bytes : bytes[..length];
        }

        public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
