namespace Parley.Tests.Platform.Mail.Reading;

/// <summary>Where Python's <c>email</c> (3.11) reads the mails of others differently, and who is right.</summary>
internal static class PythonDiffers
{
    public static readonly IReadOnlyDictionary<string, string> Known = new (string Why, string[] At)[]
    {
        ("Ours: a name behind the address, in brackets, is a name (RFC 5322, 4.4).",
        [
            "mimekit/messages/bounce.txt from",
            "rfc2822-gem/multipart_report_emails/multi_address_bounce1.eml from",
            "rfc2822-gem/multipart_report_emails/multi_address_bounce2.eml from",
        ]),
        ("Ours: Python's parser of addresses throws at a line of spaces.",
        [
            "mimekit/messages/delivery-status-no-blank-line.txt to",
            "mimekit/messages/delivery-status.anonymized.eml to",
            "mimekit/messages/delivery-status.txt to",
        ]),
        ("Either: a multipart without parts is one empty text to us, and itself to Python.",
        [
            "mimekit/messages/empty-multipart.txt parts",
            "rfc2822-gem/error_emails/bad_date_header2.eml parts",
            "rfc2822-gem/error_emails/empty_in_reply_to.eml parts",
            "rfc2822-gem/error_emails/missing_body.eml parts",
            "rfc2822-gem/error_emails/must_supply_encoding.eml parts",
            "rfc2822-gem/attachment_emails/attachment_message_rfc822_inline_image.eml parts",
        ]),
        ("Ours: a byte order mark before the first field is none of it.",
        [
            "mimekit/messages/feedback-report.txt subject",
            "mimekit/messages/feedback-report.txt from",
            "mimekit/messages/feedback-report.txt to",
            "mimekit/messages/feedback-report.txt parts",
            "mimekit/messages/feedback-report.txt text 0",
        ]),
        ("Ours: with DelSp=yes the last space of a line was put there to travel (RFC 3676, 4.1).",
        [
            "mimekit/messages/issue1130.txt text 0",
        ]),
        ("Ours: an @ in a name that nobody quoted is a part of the name where an address stands in angle brackets.",
        [
            "mimekit/messages/issue358.txt from",
            "rfc2822-gem/plain_emails/raw_email_with_at_display_name.eml to",
        ]),
        ("Ours: a line among the headers that is none does not end them.",
        [
            "mimekit/messages/issue358.txt parts",
            "mimekit/messages/issue358.txt text 0",
            "rfc2822-gem/plain_emails/raw_email_incorrect_header.eml subject",
            "rfc2822-gem/plain_emails/raw_email_incorrect_header.eml from",
            "rfc2822-gem/plain_emails/raw_email_incorrect_header.eml to",
            "rfc2822-gem/plain_emails/raw_email_incorrect_header.eml id",
            "rfc2822-gem/plain_emails/raw_email_incorrect_header.eml text 0",
            "rfc2822-gem/rfc2822/example13.eml subject",
            "rfc2822-gem/rfc2822/example13.eml to",
            "rfc2822-gem/rfc2822/example13.eml id",
            "rfc2822-gem/rfc2822/example13.eml text 0",
        ]),
        ("Neither: what follows the first address is a program's garbage.",
        [
            "mimekit/messages/stack-overflow.txt to",
        ]),
        ("Ours: spaces at the end of a line of quoted-printable were put there on the way (RFC 2045, 6.7, 3).",
        [
            "replies/talon/standard_replies/sparrow.eml text 1",
            "rfc2822-gem/attachment_emails/attachment_message_rfc822_inline_image.eml text 0",
        ]),
        ("Ours: what calls itself Latin-1 is Windows-1252 (WHATWG Encoding, 4.2); Python shows control characters.",
        [
            "rfc2822-gem/attachment_emails/attachment_pdf_non_ascii.eml text 0",
            "rfc2822-gem/attachment_emails/attachment_pdf_non_ascii_lf.eml text 0",
            "rfc2822-gem/error_emails/content_transfer_encoding_7-bit.eml text 0",
            "rfc2822-gem/error_emails/content_transfer_encoding_7-bit.eml text 1",
        ]),
        ("Ours: the name of a file is encoded as headers are (RFC 2047), where it should not be, and Python leaves it out.",
        [
            "rfc2822-gem/attachment_emails/attachment_with_base64_encoded_name.eml name 1",
        ]),
        ("Ours: a name with spaces that nobody quoted goes on to the semicolon.",
        [
            "rfc2822-gem/attachment_emails/attachment_with_unquoted_name.eml name 1",
        ]),
        ("Ours: between two encoded words spaces mean nothing (RFC 2047, 6.2).",
        [
            "rfc2822-gem/error_emails/bad_subject.eml from",
        ]),
        ("Either: how many signs stand for broken bytes of Big5.",
        [
            "rfc2822-gem/error_emails/content_transfer_encoding_empty.eml text 0",
        ]),
        ("Ours: bytes beyond ASCII without a charset that explains them are shown as what they look like.",
        [
            "rfc2822-gem/error_emails/content_transfer_encoding_plain.eml text 0",
            "rfc2822-gem/error_emails/invalid_subject_characters.eml subject",
            "rfc2822-gem/plain_emails/raw_email5.eml text 0",
            "rfc2822-gem/plain_emails/raw_email6.eml text 0",
        ]),
        ("Neither: what stands in the brackets is a group, and no address.",
        [
            "rfc2822-gem/error_emails/missing_body.eml to",
        ]),
        ("Ours: a boundary with = in it that nobody quoted is one; Python knows none then, and shows all parts as one text.",
        [
            "rfc2822-gem/mime_emails/raw_email_with_binary_encoded.eml parts",
            "rfc2822-gem/mime_emails/raw_email_with_binary_encoded.eml name 0",
            "rfc2822-gem/mime_emails/raw_email_with_binary_encoded.eml bytes 0",
            "rfc2822-gem/mime_emails/raw_email_with_illegal_boundary.eml parts",
            "rfc2822-gem/mime_emails/raw_email_with_illegal_boundary.eml text 0",
            "rfc2822-gem/plain_emails/raw_email_bad_time.eml parts",
            "rfc2822-gem/plain_emails/raw_email_bad_time.eml text 0",
        ]),
        ("Ours: without brackets the word with the @ is the address, and the others are a name.",
        [
            "rfc2822-gem/plain_emails/mix_caps_content_type.eml from",
        ]),
        ("Ours: a charset that nobody knows is no reason to show nothing; Python throws.",
        [
            "rfc2822-gem/plain_emails/raw_email10.eml text 0",
        ]),
        ("Ours: an id is whatever stands in the brackets, for it is only compared.",
        [
            "rfc2822-gem/plain_emails/raw_email_double_at_in_header.eml id",
        ]),
    }.SelectMany(each => each.At.Select(at => (at, each.Why))).ToDictionary(each => each.at, each => each.Why);
}
