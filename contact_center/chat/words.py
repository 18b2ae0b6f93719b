"""What the chat page itself says, in Arabic and English. The assistant's words are not here."""

LANGUAGES = ("ar", "en")

_WORDS = {
    "title": ("تواصل", "Tawasul"),
    "subtitle": ("الشكاوى والاقتراحات والاستفسارات", "Complaints, suggestions and inquiries"),
    "other_language": ("English", "العربية"),
    "needs_scripts": (
        "هذه الصفحة تحتاج جافاسكربت. تقدر تتصل بنا على 80008001.",
        "This page needs JavaScript. You can also call us on 80008001.",
    ),
    "skip_to_message": ("انتقل إلى كتابة الرسالة", "Skip to writing a message"),
    # The first greeting. 999 is Bahrain's emergency number.
    "welcome": (
        "حياك الله في تواصل.\nاكتب لنا اللي عندك بكلماتك، وبنوصله للجهة المسؤولة ونعطيك رقم تتابع به الرد.\n"
        "إذا فيه خطر على حياة أحد، اتصل على 999 فورًا.",
        "Welcome to Tawasul.\nTell us in your own words. We pass it to the agency in charge and give you a number to "
        "follow it up.\nIf anyone's life is in danger, call 999 at once.",
    ),
    "starter_complaint": ("عندي شكوى", "I have a complaint"),
    "starter_inquiry": ("عندي استفسار", "I have an inquiry"),
    "starter_status": ("أبي أعرف وين وصل طلبي", "I want to check on my case"),
    # Who speaks
    "speaker_citizen": ("أنت", "You"),
    "speaker_assistant": ("تواصل", "Tawasul"),
    "speaker_system": ("تواصل", "Tawasul"),
    "speaker_agent": ("موظف تواصل", "Tawasul agent"),
    "speaker_agency": ("رد الجهة", "Agency's reply"),
    "conversation": ("المحادثة", "Conversation"),
    "typing": ("يكتب الآن", "is typing"),
    "to_newest": ("آخر رسالة", "Newest message"),
    "today": ("اليوم", "Today"),
    "yesterday": ("أمس", "Yesterday"),
    # Writing
    "message": ("رسالتك", "Your message"),
    "placeholder": ("اكتب رسالتك", "Write a message"),
    "send": ("إرسال", "Send"),
    "attach": ("أضف صورة أو ملف أو موقعك", "Add a photo, a file or your location"),
    "take_photo": ("صوّر", "Take a photo"),
    "choose_file": ("صورة أو ملف", "Photo or file"),
    "my_location": ("موقعي", "My location"),
    "chosen_files": ("الملفات المختارة", "Chosen files"),
    "remove_file": ("احذف {name}", "Remove {name}"),
    "too_long": (
        "رسالتك أطول من {limit} حرف. اختصرها بـ {over} حرف أو قسّمها على رسالتين.",
        "Your message is longer than {limit} characters. Shorten it by {over}, or send it in two parts.",
    ),
    "letters_left": ("باقي لك {left} حرف", "{left} characters left"),
    # Files
    "file_too_big": (
        "«{name}» أكبر من {limit} ميغابايت. جرّب ملف أصغر.",
        "“{name}” is larger than {limit} MB. Try a smaller file.",
    ),
    "files_too_big": (
        "الملفات كلها أكبر من {limit} ميغابايت. أرسلها على أكثر من رسالة.",
        "Together the files are larger than {limit} MB. Send them in several messages.",
    ),
    "files_too_many": ("تقدر ترسل {limit} ملفات في الرسالة الواحدة.", "You can send {limit} files in one message."),
    "file_wrong_type": (
        "ما نقدر نستقبل «{name}». نستقبل الصور والصوت والفيديو وملفات PDF.",
        "We cannot take “{name}”. Photos, sound, video and PDF files are fine.",
    ),
    "file_empty": ("«{name}» ملف فاضي.", "“{name}” is empty."),
    "photo": ("صورة", "Photo"),
    "video": ("فيديو", "Video"),
    "voice": ("رسالة صوتية", "Voice note"),
    "document": ("ملف", "File"),
    "save_file": ("احفظ {name}", "Save {name}"),
    "file_not_shown": ("ما قدرنا نعرض الملف", "The file cannot be shown"),
    # Voice notes
    "record": ("سجّل رسالة صوتية", "Record a voice note"),
    "recording": ("جاري التسجيل", "Recording"),
    "stop_and_send": ("أرسل التسجيل", "Send the recording"),
    "drop_recording": ("ألغِ التسجيل", "Discard the recording"),
    "no_microphone": (
        "ما قدرنا نوصل للميكروفون. اسمح للصفحة باستخدامه من إعدادات المتصفح، أو اكتب رسالتك.",
        "We could not reach the microphone. Allow it in your browser's settings, or write your message.",
    ),
    # Location
    "locating": ("نحدد موقعك…", "Finding your location…"),
    "location": ("الموقع", "Location"),
    "location_refused": (
        "المتصفح ما سمح لنا بموقعك. اسمح به من إعدادات المتصفح، أو اكتب المنطقة ورقم المجمع والطريق.",
        "Your browser did not share your location. Allow it in the settings, or write the area, block and road.",
    ),
    "location_unknown": (
        "ما قدرنا نحدد موقعك الآن. جرّب مرة ثانية، أو اكتب المنطقة ورقم المجمع والطريق.",
        "Your location could not be found. Try again, or write the area, block and road.",
    ),
    # What becomes of a message
    "state_waiting": ("بانتظار الإرسال", "Waiting to be sent"),
    "state_sent": ("وصلت", "Received"),
    "state_refused": ("لم تُرسل", "Not sent"),
    "uploading": ("جاري رفع الملف", "Uploading"),
    "send_again": ("حاول مرة ثانية", "Try again"),
    "drop_message": ("احذفها", "Remove"),
    "refused": ("ما قدرنا نستقبل هذه الرسالة.", "We could not take this message."),
    "refused_type": (
        "أحد الملفات ما نقدر نستقبله. نستقبل الصور والصوت والفيديو وملفات PDF.",
        "One of the files cannot be taken. Photos, sound, video and PDF files are fine.",
    ),
    "refused_size": ("أحد الملفات كبير. جرّب ملف أصغر.", "One of the files is too large. Try a smaller one."),
    "refused_lost": (
        "الملف ما عاد موجود في المتصفح. احذف هذه الرسالة وأرسله من جديد.",
        "The browser no longer has the file. Remove this message and send it again.",
    ),
    # The connection and the chat itself
    "reconnecting": ("جاري إعادة الاتصال…", "Reconnecting…"),
    "chat_renewed": (
        "انتهت محادثتك السابقة على هذا الجهاز، وبدأنا لك محادثة جديدة. طلباتك المسجلة محفوظة وتقدر تتابعها بأرقامها.",
        "Your earlier chat on this device has ended, and a new one has begun. Your cases are safe: follow them up by "
        "their numbers.",
    ),
    "new_chat": ("محادثة جديدة", "New chat"),
    "new_chat_question": ("تبدأ محادثة جديدة؟", "Begin a new chat?"),
    "new_chat_explained": (
        "هذه المحادثة ما راح تظهر على هذا الجهاز بعدها. طلباتك المسجلة محفوظة وتقدر تتابعها بأرقامها.",
        "This chat will no longer be shown on this device. Your cases are safe: follow them up by their numbers.",
    ),
    "new_chat_unsent": (
        "عندك رسالة ما وصلتنا بعد، وبتنحذف معها.",
        "A message of yours has not reached us yet; it would be removed too.",
    ),
    "yes_new_chat": ("ابدأ من جديد", "Begin anew"),
    "stay": ("ارجع للمحادثة", "Back to the chat"),
}  # fmt: skip


def words(language: str) -> dict[str, str]:
    """Everything the page says in `ar` or `en`, by name; `{name}` in a sentence is filled in by the page."""
    return {name: said[LANGUAGES.index(language)] for name, said in _WORDS.items()}
