using System.Net;
using System.Text;
using Parley.Tests.Channels.Email;
using Shouldly;

namespace Parley.Tests.Channels.Receiving;

public class DepositTests
{
    [Fact]
    public async Task What_was_attached_has_room_before_what_stands_in_the_words()
    {
        await using var it = await Letterbox.Of();
        const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
        var pictures = string.Concat(Enumerable.Range(0, 20).Select(n => $"--b\nContent-Type: image/png; name=p{n}.png\nContent-ID: <p{n}>\nContent-Transfer-Encoding: base64\n\n{Png}\n"));
        await it.Hand("From: ana@example.test\nTo: support@lighthouse.test\nMessage-ID: <1@example.test>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b",
            $"--b\nContent-Type: text/plain\n\nSigned.\n{pictures}--b\nContent-Type: application/pdf; name=contract.pdf\nContent-Transfer-Encoding: base64\n\n{Convert.ToBase64String(Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj\n"))}\n--b--");
        var word = (await it.Words((await it.Threads(1))[0], 1))[0];
        var names = word.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()).ToList();
        (names.Count, names[0]).ShouldBe((20, "contract.pdf"));
        word.GetProperty("text").GetString()!.ShouldContain("p19.png ✗");
    }
}
